// The letters of an archive within a letter, as many as are asked for.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { sentenceOf } from "../../../actions/attempt";
import { Button } from "../../../components/Button";
import { backend } from "../../../ipc";
import type { LetterHeadView } from "../../../ipc/backend";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { shortTime } from "../../../words/times";
import type { NestedQuestion } from "./Nested";
import styles from "./Nested.module.css";

export function Archive({ question }: { question: NestedQuestion }) {
  const ask = useWindow((state) => state.ask);
  const { email, part } = question;
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["letters-within", email, part],
    queryFn: ({ pageParam }) => backend().lettersWithin(email, part, pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const shown = pages.reduce((sum, { letters }) => sum + letters.length, 0);
      return shown < total ? shown : undefined;
    },
  });
  const list = useRef<HTMLUListElement>(null);
  const isThere = data !== undefined;
  // Who opened it with the keys goes on in the list.
  useEffect(() => {
    if (isThere) list.current?.querySelector("button")?.focus();
  }, [isThere]);
  if (data === undefined) return <p role="status">{error === null ? say("loading") : sentenceOf(error)}</p>;
  const letters = data.pages.flatMap((page) => page.letters);
  const { total = 0, isDivided = true } = data.pages[0] ?? {};
  const open = (head: LetterHeadView) =>
    ask({
      kind: "nested",
      email,
      part: head.part,
      archive: false,
      name: head.subject || say("no-subject"),
      back: question,
    });
  return (
    <>
      <p className={styles.many}>
        {!isDivided
          ? say("nested-undivided")
          : total === 0
            ? say("nested-none")
            : letters.length < total
              ? say("nested-some", { n: total, shown: letters.length })
              : say("nested-many", { n: total })}
      </p>
      <ul ref={list} className={styles.list} onKeyDown={stepByKey}>
        {letters.map((head) => (
          <li key={head.part}>
            <AriaButton className={styles.row ?? ""} onPress={() => open(head)}>
              <span dir="auto">{head.from.map(nameOf).join(", ")}</span>
              <span dir="auto">{head.subject || say("no-subject")}</span>
              <span>{head.at === null ? "" : shortTime(head.at)}</span>
            </AriaButton>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {say(isFetchingNextPage ? "loading" : "nested-more")}
        </Button>
      )}
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
    </>
  );
}

/** The arrows lead from letter to letter, Home and End to the first and the last. */
function stepByKey(event: React.KeyboardEvent<HTMLUListElement>): void {
  const rows = [...event.currentTarget.querySelectorAll("button")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const goals: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const goal = goals[event.key];
  if (goal === undefined) return;
  event.preventDefault();
  rows[Math.min(Math.max(goal, 0), rows.length - 1)]?.focus();
}
