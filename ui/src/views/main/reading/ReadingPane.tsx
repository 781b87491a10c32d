// The right pane: tools above, the open conversation below, or what is said when there is none or there are several.
import { useEffect, useLayoutEffect } from "react";
import { Empty } from "../../../components/Empty";
import { Button } from "../../../components/Button";
import { Tip } from "../../../components/Tip";
import { backToList } from "../../../actions/backToList";
import { run, shortcut } from "../../../actions/commands";
import { useGrouping, useNothingListed } from "../../../state/rows";
import { countOf, openLetter, openThread, useSelection } from "../../../state/selection";
import { forgetFound, leaveFound, markSearched, unmark, useFind } from "../../../state/letterFind";
import { isLetterWindow } from "../../../state/letterWindow";
import { rowsSaid } from "../../../state/rowsSaid";
import { useShown } from "../../../state/shown";
import { followSizeWheel } from "../../../state/sizeWheel";
import { isReadInSheet, useWindow } from "../../../state/window";
import { say } from "../../../words";
import { Conversation } from "./Conversation";
import { FindBar } from "./FindBar";
import { FoundBar } from "./FoundBar";
import { Tools } from "./Tools";
import { useFocusBack } from "./useFocusBack";
import { useReadingKey } from "./useReadingKey";
import styles from "./ReadingPane.module.css";

export function ReadingPane() {
  const chosen = useSelection((state) => state.chosen);
  const count = useSelection(countOf);
  const nothing = useNothingListed();
  const grouping = useGrouping();
  const single = grouping === "messages";
  const {
    shown: { thread, only, late },
    comes,
  } = useShown();
  // Words are looked for in the letter within a letter then.
  const inSheet = useWindow(isReadInSheet);
  const place = useFocusBack();
  const reading = useReadingKey(thread, only);
  // Another letter begins at its top.
  useLayoutEffect(() => {
    if (place.current !== null) place.current.scrollTop = 0;
  }, [place, reading]);
  useEffect(() => (place.current === null ? undefined : followSizeWheel(place.current)), [place]);
  // What was found was found in other letters.
  useEffect(() => forgetFound(), [reading]);
  const chosenThread = openThread({ chosen });
  const chosenLetter = openLetter({ chosen });
  useEffect(() => leaveFound(), [chosenThread, chosenLetter]);
  // Letters that are open stay so while something else is searched for.
  const query = useWindow(({ place }) => (place.kind === "search" ? place.query : null));
  useEffect(() => markSearched(), [query]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" || event.isDefaultPrevented()) return;
    const { searched } = useFind.getState();
    // A letter's own window has no list to go back to: there the key closes it.
    if (!searched && isLetterWindow()) return;
    event.preventDefault();
    if (searched) unmark();
    else backToList();
  };
  return (
    <main
      className={styles.reading}
      aria-label={say("reading", { grouping })}
      data-reading=""
      data-open={chosenThread !== null || undefined}
    >
      <Tools />
      {!inSheet && <FindBar />}
      {!inSheet && <FoundBar />}
      <div
        id="reading"
        data-letters=""
        data-alone={isLetterWindow() || undefined}
        ref={place}
        tabIndex={-1}
        className={styles.scroll}
        aria-busy={comes}
        data-coming={comes ? "" : undefined}
        onKeyDown={onKeyDown}
      >
        {thread !== null ? (
          <Conversation key={reading} thread={thread} only={only} late={late} />
        ) : count > 1 ? (
          <Empty icon="mail" title={say("reading-many", { rows: rowsSaid(count) })}>
            <span className={styles.many}>
              <Tip label={say("command-archive")} shortcut={shortcut("archive")}>
                <Button icon="archive" onPress={() => run("archive")}>
                  {say("command-archive")}
                </Button>
              </Tip>
              <Tip label={say("command-move")} shortcut={shortcut("move")}>
                <Button icon="move" onPress={() => run("move")}>
                  {say("command-move")}
                </Button>
              </Tip>
              <Tip label={say("command-delete")} shortcut={shortcut("delete")}>
                <Button icon="trash" onPress={() => run("delete")}>
                  {say("command-delete")}
                </Button>
              </Tip>
            </span>
          </Empty>
        ) : (
          <Empty
            icon="opened"
            title={say(single ? "reading-no-letter" : "reading-none")}
            more={nothing ? undefined : say("reading-none-more")}
          />
        )}
      </div>
    </main>
  );
}
