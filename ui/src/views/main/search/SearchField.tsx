// Where a search is typed. Results replace the list a moment after the last letter; Escape goes back to where one was.
import { useEffect, useRef, useState } from "react";
import { hooks, shortcut } from "../../actions/commands";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { useWindow } from "../../state/window";
import { say } from "../../words";
import styles from "./SearchField.module.css";

const PAUSE = 200;

export function SearchField() {
  const place = useWindow((state) => state.place);
  const search = useWindow((state) => state.search);
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const searching = place.kind === "search";

  useEffect(() => {
    hooks.focusSearch = () => {
      input.current?.focus();
      input.current?.select();
    };
  }, []);
  // Another place was chosen: the words belong to a search that is over.
  useEffect(() => {
    if (!searching) {
      clearTimeout(timer.current);
      setTyped("");
    }
  }, [place, searching]);

  const look = (query: string, pause: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => search(query), pause);
  };
  const clear = () => {
    clearTimeout(timer.current);
    setTyped("");
    search("");
  };
  // Another listing has another list, which is there in a moment.
  const toList = () => setTimeout(() => hooks.focusList(), 0);
  return (
    <search className={styles.search}>
      <Icon name="search" className={styles.sign} />
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="searchbox"
        aria-label={say("search-label")}
        aria-keyshortcuts="Control+K"
        placeholder={say("search-placeholder")}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          look(event.target.value, PAUSE);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            clear();
            toList();
          } else if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            clearTimeout(timer.current);
            search(typed);
            toList();
          }
        }}
      />
      {typed === "" ? (
        <kbd aria-hidden="true">{shortcut("search")}</kbd>
      ) : (
        <IconButton
          icon="close"
          label={say("search-clear")}
          shortcut="Esc"
          onPress={clear}
          className={styles.clear}
        />
      )}
    </search>
  );
}
