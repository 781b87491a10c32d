// The mailing list that a letter came by, and the way to leave it.
import { Button as AriaButton } from "react-aria-components";
import { Icon } from "../../../components/Icon";
import type { ListView } from "../../../ipc/backend";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { dayOf } from "../../../words/times";
import styles from "./WhoLine.module.css";

export function ListLine({ email, list }: { email: string; list: ListView }) {
  const ask = useWindow((state) => state.ask);
  const canLeave = list.click || list.letter !== null || list.page !== null;
  return (
    <div className={styles.line} data-quiet>
      <Icon name="list" size={14} />
      <span data-selectable dir="auto">
        {list.leftAt === null
          ? say("list-by", { name: list.name })
          : say("list-left", { name: list.name, when: dayOf(list.leftAt) })}
      </span>
      {canLeave && (
        <AriaButton className={styles.more ?? ""} onPress={() => ask({ kind: "leave", email, back: null })}>
          {say(list.leftAt === null ? "list-leave" : "list-leave-again")}
        </AriaButton>
      )}
    </div>
  );
}
