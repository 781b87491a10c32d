// The list under the search field. A press takes a line; the keys are the field's.
import { useEffect, useRef } from "react";
import { chipOf, type Hint } from "../../../state/search";
import { say } from "../../../words";
import { wordsOf } from "./wordsOf";
import type { HintsOf } from "./useHints";
import styles from "./SearchField.module.css";

export function Hints({ hints, onPick }: { hints: HintsOf; onPick: (hint: Hint) => void }) {
  const { list, index, id, optionId, more } = hints;
  const marked = useRef<HTMLLIElement>(null);
  // The keys go through more than a low window shows.
  useEffect(() => {
    marked.current?.scrollIntoView({ block: "nearest" });
  }, [index, list.length]);
  if (list.length === 0) return null;
  return (
    <div className={styles.hints}>
      <ul
        id={id}
        role="listbox"
        aria-label={say("search-hints")}
        className={styles.hintList}
        data-many={list.some(({ finished }) => !finished) && list.length > 10 ? true : undefined}
      >
        {list.map((hint, at) => {
          const chip = chipOf(hint.token);
          const operator = hint.token.replace(/^-/u, "").replace(/:.*$/u, "");
          return (
            <li
              key={hint.token}
              ref={at === index ? marked : undefined}
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
              <span>{chip === null ? hint.token : wordsOf({ ...chip, value: hint.said ?? chip.value })}</span>
              {chip === null && <small>{say(`search-hint-${operator}`)}</small>}
            </li>
          );
        })}
      </ul>
      {more && (
        <p id={`${id}-more`} className={styles.moreHints}>
          {say("search-hints-more")}
        </p>
      )}
    </div>
  );
}
