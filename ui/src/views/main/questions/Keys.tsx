// The list of all keys, made from the commands themselves.
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { commands, type Command, type CommandName } from "../../../actions/commands";
import { say } from "../../../words";
import styles from "./Keys.module.css";

const others: [string, string][] = [
  ["keys-arrows", "↑ ↓ Home End"],
  ["keys-open", "Enter"],
  ["keys-rename", "F2"],
  ["keys-menu", "Shift F10"],
  ["keys-panes", "← →"],
];

function shown({ keys, shown: first }: Command): string[] {
  return [first, ...keys.slice(1)].filter((key) => key !== undefined);
}

export function Keys({ onClose }: { onClose: () => void }) {
  const names = (Object.keys(commands) as CommandName[]).filter((name) => commands[name].keys.length > 0);
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
      <DialogFoot>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
