// The lines To, Cc and Bcc. Cc and Bcc appear when they are asked for or already have somebody in them.
import { memo, useState } from "react";
import { write } from "../../actions/composeKeep";
import { Button } from "../../components/Button";
import type { AddressView } from "../../ipc/backend";
import { say } from "../../words";
import { RecipientField } from "./RecipientField";
import styles from "./RecipientField.module.css";

type Line = "to" | "cc" | "bcc";

export interface RecipientLinesProps {
  draft: string;
  to: AddressView[];
  cc: AddressView[];
  bcc: AddressView[];
  startHere: boolean;
}

// Drawn again only when the recipients change, not with each letter of the text.
export const RecipientLines = memo(function RecipientLines({
  draft,
  to,
  cc,
  bcc,
  startHere,
}: RecipientLinesProps) {
  const [asked, setAsked] = useState<{ cc: boolean; bcc: boolean; last: Line | null }>({
    cc: false,
    bcc: false,
    last: null,
  });
  const shown = { cc: asked.cc || cc.length > 0, bcc: asked.bcc || bcc.length > 0 };
  const put = (line: Line) => (list: AddressView[]) => write(draft, { content: { [line]: list } });
  const ask = (line: "cc" | "bcc") => setAsked({ ...asked, [line]: true, last: line });
  return (
    <>
      <RecipientField
        id={`${draft}-to`}
        label={say("compose-to")}
        value={to}
        onChange={put("to")}
        startHere={startHere}
      >
        <span className={styles.more}>
          {!shown.cc && (
            <Button
              kind="tool"
              className={styles.ask}
              aria-label={say("compose-add-cc")}
              onPress={() => ask("cc")}
            >
              {say("compose-cc")}
            </Button>
          )}
          {!shown.bcc && (
            <Button
              kind="tool"
              className={styles.ask}
              aria-label={say("compose-add-bcc")}
              onPress={() => ask("bcc")}
            >
              {say("compose-bcc")}
            </Button>
          )}
        </span>
      </RecipientField>
      {shown.cc && (
        <RecipientField
          id={`${draft}-cc`}
          label={say("compose-cc")}
          value={cc}
          onChange={put("cc")}
          startHere={asked.last === "cc"}
        />
      )}
      {shown.bcc && (
        <RecipientField
          id={`${draft}-bcc`}
          label={say("compose-bcc")}
          value={bcc}
          onChange={put("bcc")}
          startHere={asked.last === "bcc"}
        />
      )}
    </>
  );
});
