// The badge: how many MUST hold, out of how many, and whether the run was narrowed. As data for shields.io and as a
// picture that needs nobody else.
import { contractName } from './judged-by.ts';
import { xmlText } from './escape.ts';
import type { Report, SummaryVerdict } from './report.ts';
import { displayWidth } from './text-width.ts';

const LABEL = 'fine-tuning API';
const COLOURS: Readonly<Record<SummaryVerdict, string>> = {
  conformant: '#2e7d46',
  'non-conformant': '#b3362b',
  incomplete: '#8a6d1a',
  fault: '#5c5f66',
};

/** What shields.io calls an endpoint badge. */
export interface BadgeData {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: string;
}

/** The badge as data. */
export function badgeData({ summary, contract }: Report): BadgeData {
  const { must, verdict, scope } = summary;
  const held = `${must.pass}/${must.total - must.unsupported} MUST`;
  const waived = must.waived === 0 ? [] : [`${must.waived} waived`];
  const narrowed = Object.keys(scope).length === 0 ? [] : [`narrowed: ${Object.keys(scope).sort().join(', ')}`];
  const edition = contractName(contract) === 'current' ? [] : [contractName(contract)];
  return {
    schemaVersion: 1,
    label: LABEL,
    message: [verdict, held, ...waived, ...edition, ...narrowed].join(' · '),
    color: COLOURS[verdict],
  };
}

/** The badge as a picture. */
export function badgeSvg(report: Report): string {
  const { label, message, color } = badgeData(report);
  const left = widthOf(label);
  const right = widthOf(message);
  const title = xmlText(`${label}: ${message}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3b3f46"/><rect x="${left}" width="${right}" height="20" fill="${color}"/></g>`,
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    `<text x="${left / 2}" y="14" textLength="${left - 12}">${xmlText(label)}</text>`,
    `<text x="${left + right / 2}" y="14" textLength="${right - 12}">${xmlText(message)}</text>`,
    `</g></svg>\n`,
  ].join('\n');
}

/** Fonts differ; `textLength` makes the letters fit whatever this says. */
function widthOf(text: string): number {
  return Math.round(displayWidth(text) * 6.6) + 12;
}
