// The conversations of one listing, as many as there are: only the rows in view are in the page and are asked for. One
// listbox with a cursor (aria-activedescendant), so that the focus is never lost when a row scrolls away.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { keyOf, rowNow, useRows, useTotal } from "../../../state/rows";
import { askForPressed } from "../../../state/ahead";
import { useFreshRows } from "../../../state/freshRows";
import {
  choose,
  countOf,
  extendTo,
  isChosen,
  rowOfCursor,
  toggle,
  useSelection,
  waitOnFirst,
} from "../../../state/selection";
import type { Listing, RowView } from "../../../ipc/backend";
import { rowHeight, visible } from "../../../state/geometry";
import { useDragging } from "../../../state/drag";
import { noteFirstRows } from "../../../state/firstRows";
import type { Look } from "../../../state/looks";
import { hooks } from "../../../actions/commands";
import { openInWindow } from "../../../actions/letterWindow";
import { MenuAt } from "../../../components/Menu";
import { say } from "../../../words";
import { Row, rowId, Shadow } from "./Row";
import { Nothing } from "./Nothing";
import { useListKeys } from "./useListKeys";
import { rowUnder, useLetterDrag, type Under } from "./useLetterDrag";
import { useScroll } from "./useScroll";
import { rowMenu } from "./rowMenu";
import styles from "./ConversationList.module.css";

interface ConversationListProps {
  listing: Listing;
  look: Look;
  title: string;
  /** What a press on a row, or Enter, does beside choosing it. Arrows only look. */
  onOpen?: (row: RowView) => void;
}

export function ConversationList({ listing, look, title, onOpen }: ConversationListProps) {
  const { form, density } = look;
  const rowHigh = rowHeight(look);
  const box = useRef<HTMLDivElement>(null);
  const count = useTotal(listing) ?? 0;
  const { standing, height, view, onScroll, shift, reveal, showFirst, topOf } = useScroll(
    box,
    count,
    rowHigh,
  );
  const { first, last } = visible(standing.offset, view, Math.max(count, 1), rowHigh);
  const rows = useRows(listing, first, last);
  const total = rows.total;

  const selection = useSelection();
  const { cursor, moves, held } = selection;
  const cursorAt = cursor?.index ?? null;
  const current = rowOfCursor(selection);
  const topIndex = Math.floor(standing.offset / rowHigh);
  const topRow = standing.offset > 0 ? rows.row(topIndex) : undefined;
  useFreshRows({
    listing,
    first,
    last,
    anchor: topRow === undefined ? null : { index: topIndex, key: keyOf(topRow, listing.grouping) },
    shift,
  });
  // In the drawing that shows the step, and not in one of its own: a letter that is here is measured in the same.
  useLayoutEffect(() => {
    if (moves > 0 && cursorAt !== null) reveal(cursorAt, held?.moves === moves ? held.top : null);
    // Only the person's own steps move the view.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [moves]);

  const focus = useCallback(() => box.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    hooks.focusList = focus;
    hooks.hasListFocus = () => {
      const at = document.activeElement;
      return at === null || at === document.body || box.current?.contains(at) === true;
    };
    hooks.showFirst = showFirst;
    hooks.topOfCursor = () => {
      const at = useSelection.getState().cursor?.index;
      return at === undefined ? null : topOf(at);
    };
    hooks.followList = () => {
      if (document.activeElement?.closest("#reading") == null) focus();
    };
  }, [focus, showFirst, topOf]);
  // Who comes with the keys sees where they are; a press of the mouse says itself which row it means.
  const wait = useCallback(() => {
    if (box.current?.matches(":focus-visible") === true) void waitOnFirst();
  }, []);
  useEffect(() => {
    if (total !== null && total > 0) wait();
  }, [total, wait]);
  // A list that was emptied has rows again, as when that is taken back: whoever was in it, or lost the focus with what is gone, goes on
  // at the row that came back.
  const wasEmpty = useRef(false);
  useEffect(() => {
    if (total !== null && total > 0 && wasEmpty.current && hooks.hasListFocus()) {
      focus();
      void waitOnFirst();
    }
    wasEmpty.current = total === 0;
  }, [total, focus]);
  const anyShown = rows.row(first) !== undefined;
  useEffect(() => {
    if (anyShown) noteFirstRows();
  }, [anyShown]);
  const onKeyDown = useListKeys(view, rowHigh, onOpen);
  const joining = useDragging(({ onto }) => (onto?.joins === true ? onto.key : null));
  const { dragProps, onDragStartCapture } = useLetterDrag(box, listing);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);

  // The same for every drawing, so that a row is drawn anew for a change of its own only. What stands there is asked when it
  // is pressed.
  const press = useCallback(
    (event: React.MouseEvent, index: number) => {
      focus();
      const held = event.ctrlKey || event.metaKey;
      if (event.shiftKey) return void extendTo(index, held ? "keep" : "leave");
      const row = rowNow(index);
      if (row === undefined) return;
      if (held) return toggle(row, index);
      choose(row, index);
      onOpen?.(row);
    },
    [focus, onOpen],
  );
  const beginPress = (event: React.PointerEvent) => {
    // A finger on the list mostly scrolls it.
    const isMouse = event.pointerType === "mouse";
    const plain = isMouse && event.button === 0 && !(event.shiftKey || event.ctrlKey || event.metaKey);
    const row = plain && onOpen === undefined ? rowUnder(event.target) : undefined;
    // Several that are chosen are taken up together, as long as the press is none.
    const isOneOfMany = ({ index, row: of }: Under) =>
      countOf(selection) > 1 && isChosen(selection, index, keyOf(of, listing.grouping));
    if (row !== undefined && !isOneOfMany(row)) askForPressed(row.row);
  };
  // What is written on opens in its sheet at the first press.
  const twice = useCallback(
    (index: number) => {
      const row = rowNow(index);
      if (onOpen === undefined && row !== undefined) void openInWindow([row]);
    },
    [onOpen],
  );
  const openMenu = (event: React.MouseEvent) => {
    event.preventDefault();
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    const index = at?.dataset.index === undefined ? cursorAt : Number(at.dataset.index);
    const row = index === null ? undefined : rows.row(index);
    if (row === undefined || index === null) return;
    const byKey = at === null;
    // By a key it is the menu of what is open, though its row has left.
    const isMeant = isChosen(selection, index, keyOf(row, listing.grouping)) || (byKey && current === null);
    if (!isMeant) choose(row, index);
    const beside = document.getElementById(rowId(index))?.getBoundingClientRect();
    setMenu({
      x: byKey ? (beside?.left ?? 0) + 60 : event.clientX,
      y: byKey ? (beside?.bottom ?? 0) - 20 : event.clientY,
    });
  };

  const label = say("list-label", { grouping: listing.grouping, place: title });
  // Also where there is no row the focus can be here, and is on nothing else meanwhile that a key would be meant for.
  if (total === 0 || (rows.failure !== null && total === null))
    return (
      <div
        ref={box}
        role="group"
        aria-label={label}
        tabIndex={-1}
        className={styles.nothing}
        onKeyDown={onKeyDown}
      >
        <Nothing
          listing={listing}
          title={title}
          failure={total === 0 ? null : rows.failure}
          onRetry={rows.retry}
        />
      </div>
    );
  const today = new Date().setHours(0, 0, 0, 0);
  const shown = total === null ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const isShown = current !== null && current >= first && current <= last;
  return (
    <div
      {...dragProps}
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={isShown ? rowId(current) : undefined}
      aria-busy={total === null}
      className={styles.box}
      onFocus={wait}
      onScroll={onScroll}
      onPointerDownCapture={beginPress}
      onKeyDown={onKeyDown}
      onContextMenu={openMenu}
      onDragStartCapture={onDragStartCapture}
    >
      {total === null ? (
        Array.from({ length: 8 }, (_, at) => (
          <Shadow key={at} top={at * rowHigh} form={form} density={density} />
        ))
      ) : (
        <div role="presentation" className={styles.space} style={{ height }}>
          {shown.map((index) => {
            const row = rows.row(index);
            const top = standing.top - standing.offset + index * rowHigh;
            if (row === undefined)
              return <Shadow key={`shadow-${index}`} top={top} form={form} density={density} />;
            const key = keyOf(row, listing.grouping);
            return (
              <Row
                key={key}
                form={form}
                density={density}
                row={row}
                index={index}
                total={total}
                top={top}
                selected={isChosen(selection, index, key)}
                current={index !== cursorAt ? undefined : index === current ? "on" : "before"}
                joining={joining === key}
                today={today}
                onPress={press}
                onTwice={twice}
              />
            );
          })}
        </div>
      )}
      <MenuAt
        label={say("row-menu", { grouping: listing.grouping })}
        at={menu}
        entries={menu === null ? [] : rowMenu()}
        onClose={() => setMenu(null)}
      />
    </div>
  );
}
