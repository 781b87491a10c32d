// The list of all keys, made from the commands themselves.
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { commands, type Command, type CommandName } from "../../../actions/commands";
import { inLetterWindow } from "../../../actions/inLetterWindow";
import { isLetterWindow } from "../../../state/letterWindow";
import { operators } from "../../../state/search";
import { say } from "../../../words";
import styles from "./Keys.module.css";

const others: [string, string][] = [
  ["keys-arrows", "↑ ↓ Home End"],
  ["keys-open", "Enter"],
  ["keys-back", "Esc"],
  ["keys-rename", "F2"],
  ["keys-menu", "Shift F10"],
  ["keys-panes", "← →"],
];

/** What the search understands, as it is typed. */
const searching: [string, string][] = [
  ...operators.map((operator): [string, string] => [`search-hint-${operator}`, `${operator}:`]),
  ["keys-search-phrase", "“…”"],
  ["keys-search-not", "-"],
  ["keys-search-or", "OR"],
  ["keys-search-group", "( )"],
];

function shown({ keys, shown: first }: Command): string[] {
  return [first, ...keys.slice(1)].flatMap((key) => key?.replace(/^(Ctrl|Shift)\+(?=.)/u, "$1 ") ?? []);
}

export function Keys({ onClose }: { onClose: () => void }) {
  const names = (Object.keys(commands) as CommandName[])
    .filter((name) => commands[name].keys.length > 0)
    .filter((name) => !isLetterWindow() || inLetterWindow.has(name));
  const rows = [
    ...names.map((name): [string, string[]] => [say(`command-${name}`), shown(commands[name])]),
    ...others.map(([id, key]): [string, string[]] => [say(id), [key]]),
  ];
  return (
    <Dialog wide title={say("keys-title")} onClose={onClose}>
      <dl className={styles.keys}>
        {rows.map(([label, keys]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {!isLetterWindow() && (
        <>
          <h3 className={styles.part}>{say("keys-search")}</h3>
          <dl className={styles.keys}>
            {searching.map(([id, typed]) => (
              <div key={id}>
                <dt>{say(id)}</dt>
                <dd>
                  <kbd>{typed}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <DialogFoot>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
