// Where a search is typed. Results replace the list with each key, as fast as they come; a finished operator becomes a chip;
// Escape goes back to where one was.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { hooks, shortcut } from "../../../actions/commands";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { typingIn, type Hint } from "../../../state/search";
import {
  done,
  NOTHING_TYPED,
  putBack,
  queryOf,
  retype,
  type TakenChip,
  type Typed,
  type TypedAt,
  withoutChips,
} from "../../../state/searchTyping";
import { isAsTyped, searchAsTyped, stopTyping } from "../../../state/searchAsTyped";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { Chips } from "./Chips";
import { Hints } from "./Hints";
import { useHints } from "./useHints";
import styles from "./SearchField.module.css";

export function SearchField() {
  const place = useWindow((state) => state.place);
  const search = useWindow((state) => state.search);
  const leaveSearches = useWindow((state) => state.leaveSearches);
  const ask = useWindow((state) => state.ask);
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [caret, setCaret] = useState(0);
  const [focused, setFocused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // Behind a chip an empty field has said already what it understands.
  const hints = useHints(typed.text, caret, focused && (typed.text !== "" || typed.chips.length === 0));
  const searching = place.kind === "search";
  const empty = typed.text === "" && typed.chips.length === 0;

  useEffect(() => {
    hooks.focusSearch = () => {
      input.current?.focus();
      input.current?.select();
    };
    return () => {
      hooks.focusSearch = () => {};
    };
  }, []);
  // Another place was chosen: the words belong to a search that is over. Whoever is still typing has only begun one.
  useEffect(() => {
    if (!searching && document.activeElement !== input.current) {
      stopTyping();
      setTyped(NOTHING_TYPED);
    }
  }, [place, searching]);

  // A search that was begun elsewhere, as one that is kept, stands here to be changed.
  useEffect(() => {
    if (place.kind !== "search" || document.activeElement === input.current) return;
    setTyped((typed) => {
      if (queryOf(typed) !== "" && isAsTyped(place)) return typed;
      if (queryOf(typed).trim() === place.query.trim()) return typed;
      return typedFor(place.query);
    });
  }, [place]);

  // Where chips are taken out or put back, the text is another, and one goes on to type where one was.
  const goOnAt = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (goOnAt.current !== null) input.current?.setSelectionRange(goOnAt.current, goOnAt.current);
    goOnAt.current = null;
  }, [typed]);

  const put = (next: Typed) => {
    setTyped(next);
    searchAsTyped(queryOf(next));
  };
  const type = (text: string, at?: number) => {
    const next: TypedAt = retype(typed, text, at);
    if (input.current?.value !== next.text) goOnAt.current = next.caret;
    setCaret(next.caret);
    put(next);
  };
  // Back in a search that is kept, its words stand here again.
  const leave = () => {
    stopTyping();
    search("");
    const { place } = useWindow.getState();
    setTyped(place.kind === "search" ? typedFor(place.query) : NOTHING_TYPED);
  };
  // For other words than these, also where a search that is kept would put its own back.
  const clear = () => {
    stopTyping();
    leaveSearches();
    setTyped(NOTHING_TYPED);
    input.current?.focus();
  };
  // The form begins with what stands here, also with what was typed a moment ago.
  const openForm = () => {
    stopTyping();
    const query = queryOf(typed);
    const isShown = place.kind === "search" && place.query.trim() === query.trim();
    if (!empty && !isShown) search(query);
    ask({ kind: "searchForm" });
  };
  useEffect(() => {
    hooks.openSearchForm = openForm;
    return () => {
      hooks.openSearchForm = () => {};
    };
  });
  const pick = (hint: Hint) => {
    const { before, after } = typingIn(typed.text, caret);
    const taken = `${before}${hint.token}${hint.finished && !after.startsWith(")") ? " " : ""}`;
    type(taken + (hint.finished ? after.trimStart() : after), taken.length);
    input.current?.focus();
  };
  const edit = (chip: TakenChip) => {
    const left = withoutChips(typed, [chip]);
    const text = `${left.text.trimEnd()} ${chip.token}`.trimStart();
    put({ chips: left.chips, text });
    setCaret(text.length);
    input.current?.focus();
  };
  // Another listing has another list, which is there in a moment.
  const toList = () => setTimeout(() => hooks.focusList(), 0);

  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const field = event.currentTarget;
    const atStart = field.selectionStart === 0 && field.selectionEnd === 0;
    const { active } = hints;
    if (event.key === "Escape") {
      if (active !== null) {
        event.stopPropagation();
        hints.hide();
        return;
      }
      leave();
      toList();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && hints.list.length > 0) {
      event.preventDefault();
      hints.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && active !== null) {
      event.preventDefault();
      pick(active);
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      const next = done(putBack(typed).query);
      stopTyping();
      setTyped(next);
      search(queryOf(next));
      toList();
    } else if (event.key === "Backspace" && atStart && typed.chips.length > 0) {
      event.preventDefault();
      goOnAt.current = 0;
      put(withoutChips(typed, typed.chips.slice(-1)));
    } else if (event.key === "ArrowLeft" && atStart && typed.chips.length > 0) {
      event.preventDefault();
      const all = Array.from(field.parentElement?.querySelectorAll<HTMLElement>('[role="row"]') ?? []);
      all.at(-1)?.focus();
    }
  };
  return (
    <search className={styles.search}>
      <Icon name="search" className={styles.sign} />
      {typed.chips.length > 0 && (
        <Chips
          chips={typed.chips}
          onRemove={(gone) => {
            const left = withoutChips(typed, gone);
            put(left);
            if (left.chips.length === 0) input.current?.focus();
          }}
          onEdit={edit}
          onLeave={(to) => {
            input.current?.focus();
            if (to === "start") input.current?.setSelectionRange(0, 0);
          }}
        />
      )}
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-expanded={hints.list.length > 0}
        aria-label={say("search-label")}
        aria-keyshortcuts="Control+K"
        aria-autocomplete="list"
        aria-controls={hints.list.length > 0 ? hints.id : undefined}
        aria-describedby={hints.more ? `${hints.id}-more` : undefined}
        aria-activedescendant={hints.active === null ? undefined : hints.optionId(hints.index)}
        placeholder={typed.chips.length === 0 ? say("search-placeholder") : undefined}
        value={typed.text}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => type(target.value, target.selectionStart ?? undefined)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionEnd ?? 0)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        icon="form"
        label={say("search-form-open")}
        shortcut={shortcut("searchForm")}
        onPress={openForm}
        className={styles.form}
      />
      {empty ? (
        <kbd aria-hidden="true">{shortcut("search")}</kbd>
      ) : (
        <IconButton icon="close" label={say("search-clear")} onPress={clear} className={styles.clear} />
      )}
      <Hints hints={hints} onPick={pick} />
    </search>
  );
}

/** A search that was begun elsewhere, as it stands in the field. */
function typedFor(query: string): Typed {
  return { ...done(query), ended: /\s$/u.test(query) };
}
