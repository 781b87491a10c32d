// What was reported of a letter, as a sentence a line.
import { say } from ".";
import type { ReportLineView } from "../ipc/backend";

export function reportWords({ recipient, fate, words }: ReportLineView): string {
  const sentence = say(`report-${fate}`, { recipient });
  return words === "" ? sentence : `${sentence} ${say("outbox-server-said", { words })}`;
}
