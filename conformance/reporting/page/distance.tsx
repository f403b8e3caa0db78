// How far the contract of a vendor is from OpenAI's: beside the verdict, which says how far the vendor keeps its own.
import type { JSX } from 'hono/jsx/jsx-runtime';
import { distanceText, kindText } from '../judged-by.ts';
import type { Report } from '../report.ts';
import { clipped, type Detail, Section } from './parts.tsx';

const MOST_ROWS = 300;

/** Every difference of the contract that was judged by; nothing where it is OpenAI's. */
export function Distance({ report, detail }: { readonly report: Report; readonly detail: Detail }): JSX.Element | null {
  const { distance = [], contract } = report;
  if (contract.dialect === undefined) return null;
  const note = `What was judged is ${clipped(contract.dialect, 100)}; ${clipped(distanceText(report), 400)}. None of it counts as a failure.`;
  return (
    <Section id="distance" title="Distance from OpenAI’s contract" note={note}>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Is</th>
            <th scope="col">OpenAI</th>
            <th scope="col">{clipped(contract.dialect, 100)}</th>
          </tr>
        </thead>
        <tbody>
          {distance.slice(0, MOST_ROWS).map((one) => (
            <tr>
              <th scope="row">{`${clipped(one.where, 200)} (${kindText(one)})`}</th>
              <td>{one.change}</td>
              <td>{one.openai === null ? '–' : clipped(one.openai, detail.line)}</td>
              <td>{one.vendor === null ? '–' : clipped(one.vendor, detail.line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
