// What is known of a letter beyond itself: who asks to hear that it was read, what was reported of it where it was sent,
// and what it reports.
import { Button as AriaButton } from "react-aria-components";
import { answerReceipt } from "../../../actions/receipts";
import { Icon } from "../../../components/Icon";
import type { BodyView, ReportLineView } from "../../../ipc/backend";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { claimedReportWords, reportWords } from "../../../words/reports";
import styles from "./Letter.module.css";

export function Heard({ email, body }: { email: string; body: BodyView }) {
  const { receiptTo, reports, reporting } = body;
  return (
    <>
      {receiptTo.length > 0 && (
        <div className={styles.shield}>
          <Icon name="opened" />
          <span className={styles.blocked}>
            {say("receipt-asked", { name: receiptTo.map(nameOf).join(", ") })}
          </span>
          <AriaButton className={styles.allow ?? ""} onPress={() => void answerReceipt(email, true)}>
            {say("receipt-give")}
          </AriaButton>
          <AriaButton className={styles.allow ?? ""} onPress={() => void answerReceipt(email, false)}>
            {say("receipt-decline")}
          </AriaButton>
        </div>
      )}
      <Lines lines={reports} words={reportWords} />
      {reporting !== null && (
        <>
          <div className={styles.shield} data-report={reporting.about === null ? "claim" : "known"}>
            <Icon name={reporting.about === null && reporting.named ? "warning" : "mail"} />
            <span className={styles.blocked} dir="auto">
              {reporting.about === null
                ? say(reporting.named ? "report-not-sent" : "report-unnamed")
                : say("report-about", { subject: reporting.about })}
            </span>
          </div>
          <Lines
            lines={reporting.lines}
            words={reporting.about === null ? claimedReportWords : reportWords}
          />
        </>
      )}
    </>
  );
}

interface LinesProps {
  lines: ReportLineView[];
  words: (line: ReportLineView) => string;
}

function Lines({ lines, words }: LinesProps) {
  return lines.map((line, index) => (
    <div key={`${line.recipient}-${index}`} className={styles.shield} data-fate={line.fate}>
      <Icon name={isWell(line) ? "check" : "warning"} />
      <span className={styles.blocked} dir="auto">
        {words(line)}
      </span>
    </div>
  ));
}

function isWell({ fate, by, addressed }: ReportLineView): boolean {
  return fate !== "failed" && fate !== "delayed" && by !== "other" && addressed;
}
