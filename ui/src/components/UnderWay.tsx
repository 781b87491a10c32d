// What is under way with very many letters: for each a sentence, how far it is, and its own Stop. It stands where the toasts do, below
// them. Stop stands at the left and the Undo of a toast at its right, so that a press which was meant for Stop never undoes. What is
// begun is read out once; how far it is changes all the time, and is read where one asks for it.
import { useLayoutEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { hooks } from "../actions/commands";
import { shownWorks, stopWork, useUnderWay, type Work } from "../state/underWay";
import { say } from "../words";
import styles from "./UnderWay.module.css";

export function UnderWay() {
  const works = shownWorks(useUnderWay((state) => state.works));
  return (
    <>
      <div role="status" aria-live="polite" className="visually-hidden">
        {works.map((work) => (
          <Begun key={work.name} work={work} />
        ))}
      </div>
      {works.map((work) => (
        <Shown key={work.name} work={work} />
      ))}
    </>
  );
}

/** As it was when it came to be shown. */
function Begun({ work }: { work: Work }) {
  const said = useRef(doingOf(work));
  return <p>{said.current}</p>;
}

function Shown({ work }: { work: Work }) {
  const { state, done, total, stop, outcome } = work;
  const doing = doingOf(work);
  const text = total > 0 ? say("doing-so-far", { doing, done }) : doing;
  const isOver = state === "over";
  return (
    <div className={styles.work} data-under-way={isOver ? "over" : ""}>
      <span className={styles.text}>{isOver ? outcome || doing : text}</span>
      <div className={styles.line}>
        {stop !== null && !isOver && <Stop work={work} doing={doing} />}
        <progress
          aria-label={doing}
          className={styles.progress}
          {...(isOver ? { value: 1, max: 1 } : total > 0 ? { value: done, max: total } : {})}
        />
      </div>
    </div>
  );
}

function Stop({ work, doing }: { work: Work; doing: string }) {
  const button = useRef<HTMLButtonElement>(null);
  // Before it is taken out of the page, when it still has the focus.
  useLayoutEffect(() => {
    const here = button.current;
    // It goes when the thing is over: whoever had come to it with the keys goes on in the list.
    return () => {
      if (here !== null && document.activeElement === here) hooks.focusList();
    };
  }, []);
  const isStopping = work.state === "stopping";
  return (
    <AriaButton
      ref={button}
      className={styles.stop ?? ""}
      aria-label={say(isStopping ? "doing-stopping-what" : "doing-stop-what", { doing })}
      onPress={() => stopWork(work)}
    >
      {say(isStopping ? "doing-stopping" : "doing-stop")}
    </AriaButton>
  );
}

/** What is being done: with how many letters, once somebody has counted them. */
function doingOf({ doing, rows, total }: Work): string {
  return doing(total > 0 ? say("rows-messages", { n: total }) : rows);
}
