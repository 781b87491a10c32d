// What is known of a letter beyond itself: who asks to hear that it was read, what was reported of it where it was sent,
// and what it reports.
import { Button as AriaButton } from "react-aria-components";
import { answerReceipt } from "../../../actions/receipts";
import { Icon } from "../../../components/Icon";
import type { BodyView, ReportLineView } from "../../../ipc/backend";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { reportWords } from "../../../words/reports";
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
      <Lines lines={reports} />
      {reporting !== null && (
        <>
          {reporting.about !== null && (
            <div className={styles.shield}>
              <Icon name="mail" />
              <span className={styles.blocked}>{say("report-about", { subject: reporting.about })}</span>
            </div>
          )}
          <Lines lines={reporting.lines} />
        </>
      )}
    </>
  );
}

function Lines({ lines }: { lines: ReportLineView[] }) {
  return lines.map((line) => (
    <div key={line.recipient + line.fate} className={styles.shield} data-fate={line.fate}>
      <Icon name={line.fate === "failed" || line.fate === "delayed" ? "warning" : "check"} />
      <span className={styles.blocked}>{reportWords(line)}</span>
    </div>
  ));
}
