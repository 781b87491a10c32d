// The list under the search field. A press takes a line; the keys are the field's.
import { chipOf, type Hint } from "../../../state/search";
import { say } from "../../../words";
import { wordsOf } from "./wordsOf";
import type { HintsOf } from "./useHints";
import styles from "./SearchField.module.css";

export function Hints({ hints, onPick }: { hints: HintsOf; onPick: (hint: Hint) => void }) {
  const { list, index, id, optionId } = hints;
  if (list.length === 0) return null;
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={say("search-hints")}
      className={styles.hints}
      data-many={list.length > 10 || undefined}
    >
      {list.map((hint, at) => {
        const chip = chipOf(hint.token);
        const operator = hint.token.replace(/^-/u, "").replace(/:.*$/u, "");
        return (
          <li
            key={hint.token}
            id={optionId(at)}
            role="option"
            aria-selected={at === index}
            className={styles.hint}
            // Before the blur that would close the list.
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(hint);
            }}
          >
            <span>{chip === null ? hint.token : wordsOf(chip)}</span>
            {!hint.finished && <small>{say(`search-hint-${operator}`)}</small>}
          </li>
        );
      })}
    </ul>
  );
}
