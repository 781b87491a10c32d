// The row at the sheet's foot: send, format, attach, discard.
import { memo, useState } from "react";
import { Toolbar } from "react-aria-components";
import { pickFiles } from "../../actions/composeAttach";
import { write } from "../../actions/composeKeep";
import { discard } from "../../actions/composeDiscard";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Menu, type MenuEntry } from "../../components/Menu";
import { Tip } from "../../components/Tip";
import type { AsksView } from "../../ipc/backend";
import { say } from "../../words";
import { laterTimes, timeToCome } from "../../words/later";
import type { Formats, LetterEditor } from "./letterEditor";
import { FormatButton } from "./FormatButton";
import { LaterQuestion } from "./LaterQuestion";
import type { Sending } from "./useSending";
import styles from "./Tools.module.css";

export interface ToolsProps {
  draft: string;
  editor: LetterEditor | null;
  formats: Formats;
  asks: AsksView;
  sending: Sending;
  onLink: () => void;
}

const ASKS = ["receipt", "notices", "encryption"] as const;

export const Tools = memo(function Tools({ draft, editor, formats, asks, sending, onLink }: ToolsProps) {
  const now = Date.now();
  const [choosing, setChoosing] = useState(false);
  const later: MenuEntry[] = laterTimes(now).map(({ id, at }) => ({
    id,
    label: say(`compose-later-${id}`, { time: timeToCome(at, now) }),
    onAction: () => void sending.send(at),
  }));
  later.push("line", { id: "at", label: say("compose-later-at"), onAction: () => setChoosing(true) });
  const wishes = ASKS.map((ask) => ({
    id: ask,
    label: say(`compose-asks-${ask}`),
    checked: asks[ask],
    onAction: () => write(draft, { content: { asks: { ...asks, [ask]: !asks[ask] } } }),
  }));
  return (
    <div className={styles.tools}>
      <Tip label={say("compose-send")} shortcut="Ctrl Enter">
        <Button
          kind="primary"
          icon="send"
          aria-keyshortcuts="Control+Enter"
          isDisabled={sending.busy}
          onPress={() => void sending.send()}
        >
          {say("compose-send")}
        </Button>
      </Tip>
      <Menu label={say("compose-send-later")} entries={later}>
        <Button kind="tool" icon="clock" isDisabled={sending.busy}>
          {say("compose-send-later")}
        </Button>
      </Menu>
      <Menu label={say("compose-asks")} entries={wishes}>
        <IconButton icon="more" label={say("compose-asks")} />
      </Menu>
      {choosing && (
        <LaterQuestion
          now={now}
          onChoose={(at) => {
            setChoosing(false);
            void sending.send(at);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
      <i className={styles.bar} />
      <Toolbar aria-label={say("compose-tools")} className={styles.group ?? ""}>
        <FormatButton
          label={say("compose-bold")}
          shortcut="Ctrl B"
          on={formats.bold}
          onPress={() => editor?.toggle("bold")}
        >
          <b>B</b>
        </FormatButton>
        <FormatButton
          label={say("compose-italic")}
          shortcut="Ctrl I"
          on={formats.italic}
          onPress={() => editor?.toggle("italic")}
        >
          <em>I</em>
        </FormatButton>
        <FormatButton
          label={say("compose-underline")}
          shortcut="Ctrl U"
          on={formats.underline}
          onPress={() => editor?.toggle("underline")}
        >
          <u>U</u>
        </FormatButton>
        <FormatButton label={say("compose-link")} shortcut="Ctrl K" on={formats.link} onPress={onLink} worded>
          {say("compose-link")}
        </FormatButton>
        <Button kind="tool" icon="clip" onPress={() => void pickFiles(draft)}>
          {say("compose-attach")}
        </Button>
        <i className={styles.bar} />
        <IconButton
          icon="list"
          label={say("compose-bullets")}
          shortcut="Ctrl Shift 8"
          pressed={formats.bullets}
          onPress={() => editor?.toggle("bullets")}
        />
        <IconButton
          icon="numbers"
          label={say("compose-numbers")}
          shortcut="Ctrl Shift 9"
          pressed={formats.numbers}
          onPress={() => editor?.toggle("numbers")}
        />
        <IconButton
          icon="quote"
          label={say("compose-quote")}
          shortcut="Ctrl ]"
          pressed={formats.quote}
          onPress={() => editor?.toggle("quote")}
        />
      </Toolbar>
      <span className={styles.grow} />
      <IconButton icon="trash" label={say("compose-discard")} onPress={() => discard(draft)} />
    </div>
  );
});
