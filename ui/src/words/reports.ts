// What was reported of a letter, as a sentence a line. The words of a report are quoted: anybody can write one.
import { say } from ".";
import type { ReportLineView } from "../ipc/backend";

/** Of a letter that was sent from here. */
export function reportWords(line: ReportLineView): string {
  return sentences(
    [readOr(line), !line.addressed && say("report-stranger", { recipient: line.recipient })],
    line,
  );
}

/** Of a letter that was not, or of nobody knows which. */
export function claimedReportWords(line: ReportLineView): string {
  return sentences([say(`report-claim-${line.fate}`, { recipient: line.recipient })], line);
}

function readOr({ recipient, fate, by, other }: ReportLineView): string {
  switch (by) {
    case "inReadersName":
      return say("report-read-inReadersName", { recipient });
    case "other":
      return other === null || other === ""
        ? say("report-read-nobody", { recipient })
        : say("report-read-other", { recipient, other });
    default:
      return say(`report-${fate}`, { recipient });
  }
}

function sentences(told: (string | false)[], { words }: ReportLineView): string {
  const said = words !== "" && say("report-said", { words: quoted(words) });
  return [...told, said].filter(Boolean).join(" ");
}

/** Nothing in it ends the quotation. */
export function quoted(words: string): string {
  return words.replace(/[\u201c\u201d]/gu, '"');
}
