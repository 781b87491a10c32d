// The lines To, Cc and Bcc. Cc and Bcc appear when they are asked for or already have somebody in them.
import { memo, useEffect, useState } from "react";
import { write } from "../../actions/composeKeep";
import { Button } from "../../components/Button";
import type { AddressView } from "../../ipc/backend";
import { ariaKeys, Tip } from "../../components/Tip";
import { say } from "../../words";
import { RecipientField } from "./RecipientField";
import styles from "./RecipientField.module.css";

type Line = "to" | "cc" | "bcc";

/** With Ctrl and Shift, from anywhere in the letter. */
const LINES: Record<string, "cc" | "bcc"> = { c: "cc", b: "bcc" };

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
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.shiftKey || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      const line = LINES[event.key.toLowerCase()];
      if (line === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked((before) => ({ ...before, [line]: true, last: line }));
      document.getElementById(`${draft}-${line}`)?.focus();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [draft]);
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
          {!shown.cc && <Ask line="cc" onPress={() => ask("cc")} />}
          {!shown.bcc && <Ask line="bcc" onPress={() => ask("bcc")} />}
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

/** Tab goes from To to the subject, as one writes; these have a key of their own. */
function Ask({ line, onPress }: { line: "cc" | "bcc"; onPress: () => void }) {
  const shortcut = line === "cc" ? "Ctrl Shift C" : "Ctrl Shift B";
  return (
    <Tip label={say(`compose-add-${line}`)} shortcut={shortcut}>
      <Button
        kind="tool"
        className={styles.ask}
        excludeFromTabOrder
        aria-keyshortcuts={ariaKeys(shortcut)}
        aria-label={say(`compose-add-${line}`)}
        onPress={onPress}
      >
        {say(`compose-${line}`)}
      </Button>
    </Tip>
  );
}
