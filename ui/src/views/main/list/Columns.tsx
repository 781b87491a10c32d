// The heads of the columns: a press sorts by one, another turns it round.
import { Button as AriaButton } from "react-aria-components";
import { sortBy } from "../../../actions/looks";
import { Icon } from "../../../components/Icon";
import type { Look, OrderBy } from "../../../state/looks";
import type { WhereOf } from "../../../state/whereabouts";
import { say } from "../../../words";
import styles from "./Columns.module.css";

interface ColumnsProps {
  look: Look;
  /** The best matches come first, and the list is sorted by no column. */
  best: boolean;
  /** Rows say where their letters are, in a column of this name. */
  where: WhereOf["head"] | null;
}

export function Columns({ look, best, where }: ColumnsProps) {
  const head = (by: OrderBy) => {
    const isBy = !best && look.by === by;
    return (
      <AriaButton
        key={by}
        aria-pressed={isBy}
        aria-label={
          isBy
            ? say("list-order", { order: orderWord(look) })
            : say("list-sort-by", { by: say(`list-by-${by}`) })
        }
        onPress={() => sortBy(by)}
      >
        {say(`list-by-${by}`)}
        {isBy && (
          <span className={look.reversed ? styles.up : undefined}>
            <Icon name="down" size={12} />
          </span>
        )}
      </AriaButton>
    );
  };
  return (
    <div className={styles.heads} role="group" aria-label={say("list-columns")}>
      {head("sender")}
      {head("subject")}
      <span className={styles.where}>{where !== null && <span>{say(`list-where-${where}`)}</span>}</span>
      <span className={styles.right}>
        {head("size")}
        {head("date")}
      </span>
    </div>
  );
}

/** "newest", "bySize", "bySizeReversed": by what, and which way. */
export function orderWord({ by, reversed }: Pick<Look, "by" | "reversed">): string {
  if (by === "date") return reversed ? "oldest" : "newest";
  return reversed ? `${by}Reversed` : by;
}
