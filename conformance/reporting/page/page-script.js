// Filters, deep links, copying and keys for the page of a report. The page reads well without it; nothing here makes
// markup out of text, loads anything or remembers anything.
(() => {
  'use strict';
  const form = document.getElementById('filters');
  if (form === null) return;
  const rows = [...document.querySelectorAll('[data-row]')].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll('[data-group]')];
  const nothing = document.getElementById('nothing-found');
  const total = document.querySelectorAll('tr[data-row]').length;
  const fields = [...form.querySelectorAll('input[type="search"], select')].map((field) => field.name);
  form.hidden = false;
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;

  /* Filters. What is chosen stands in the fragment as #?level=MUST&status=fail, so that a view can be sent to somebody. */

  const chosen = () => Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()]));

  function filter() {
    const { text, ...wanted } = chosen();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const { dataset } = row.element;
      const fits =
        Object.entries(wanted).every(([name, value]) => value === '' || dataset[name].split(' ').includes(value)) &&
        words.every((word) => row.text.includes(word));
      row.element.hidden = !fits;
      if (fits && row.element.localName === 'tr') shown += 1;
    }
    for (const group of groups) group.hidden = group.querySelector('tr[data-row]:not([hidden])') === null;
    nothing.hidden = shown > 0;
    form.querySelector('output').value = shown === total ? `${total} requirements` : `${shown} of ${total}`;
  }

  function remember() {
    const query = new URLSearchParams(Object.entries(chosen()).filter(([, value]) => value !== '')).toString();
    const fragment = query === '' ? '#' : `#?${query}`;
    if (query !== '' || location.hash.startsWith('#?')) history.replaceState(null, '', fragment);
  }

  function clear() {
    for (const name of fields) form.elements[name].value = '';
    filter();
    remember();
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    filter();
    remember();
  });

  /* Deep links. A requirement that is filtered away or folded up is brought to light. */

  function follow() {
    if (location.hash.startsWith('#?')) {
      const asked = new URLSearchParams(location.hash.slice(2));
      for (const name of fields) form.elements[name].value = asked.get(name) ?? '';
      filter();
      return;
    }
    let id = '';
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    const element = id === '' ? null : document.getElementById(id);
    if (element === null) return;
    const isHidden = element.closest('[hidden]') !== null;
    if (isHidden) clear();
    if (element.matches('tr[data-row]')) open(element, true);
    if (element.matches('[data-row]')) show(element);
    else if (isHidden) element.scrollIntoView();
  }

  addEventListener('hashchange', follow);

  /* Copying. */

  async function copy(button) {
    const text = button.closest('.copy').querySelector('code').textContent;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyBySelection(text);
    }
    button.textContent = done ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  }

  function copyBySelection(text) {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('aria-hidden', 'true');
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-copy]');
    if (button !== null) copy(button);
  });

  /* Keys. */

  const here = () => document.activeElement?.closest('[data-row]') ?? null;

  function show(element) {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: element.localName === 'tr' ? 'center' : 'start' });
  }

  function move(step) {
    const seen = rows.map((row) => row.element).filter((element) => !element.hidden);
    const at = seen.indexOf(here());
    const next = at < 0 ? (step > 0 ? 0 : seen.length - 1) : at + step;
    if (seen[next] !== undefined) show(seen[next]);
  }

  function open(element, wanted) {
    for (const details of element.querySelectorAll('details')) {
      details.open = wanted ?? !details.open;
    }
  }

  const keys = {
    '/': () => form.elements.text.select(),
    j: () => move(1),
    k: () => move(-1),
    o: () => here() && open(here()),
    c: () => here()?.querySelector('[data-copy]')?.click(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && form.contains(event.target)) {
      clear();
      event.target.blur();
      return;
    }
    if (form.elements.keys?.checked === false || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, select, textarea') !== null || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  /* On paper nothing can be opened. */

  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('article details:not([open])')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });

  filter();
  follow();
})();
