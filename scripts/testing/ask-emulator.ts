// What a client of the emulator does beside the suite: asks it something, uploads a file, makes a job of it.

type Json = Readonly<Record<string, unknown>>;

/** Asks an emulator; a form goes as it is, anything else as JSON. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Json>;

/** @returns what asks the emulator at an address with a key, and gives its JSON answers. */
export function asker(url: string, key: string): Ask {
  return async (method, path, body) => {
    const headers = new Headers({ authorization: `Bearer ${key}` });
    const isJson = body !== undefined && !(body instanceof FormData);
    if (isJson) headers.set('content-type', 'application/json');
    const sent = isJson ? JSON.stringify(body) : body;
    const response = await fetch(`${url}${path}`, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
    return (await response.json()) as Json;
  };
}

/** Uploads twelve examples under a name. @returns the id of the file. */
export async function uploadTraining(ask: Ask, name: string): Promise<string> {
  const example = { messages: [{ role: 'user', content: 'Hello' }, { role: 'assistant', content: 'Hi' }] }; // prettier-ignore
  const form = new FormData();
  form.set('purpose', 'fine-tune');
  form.set('file', new Blob([`${JSON.stringify(example)}\n`.repeat(12)]), name);
  return String((await ask('POST', '/files', form))['id']);
}

/** Trains on a file. @returns the id of the job. */
export async function train(ask: Ask, file: string): Promise<string> {
  return String((await ask('POST', '/fine_tuning/jobs', { model: 'gpt-4o-mini', training_file: file }))['id']);
}
