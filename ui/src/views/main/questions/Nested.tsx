// A letter within a letter, and the letters of an archive. They are shown like any other; what can be done is to look at them, as text
// too and at their source, and at their files.
import { useState } from "react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button as AriaButton } from "react-aria-components";
import { sentenceOf } from "../../../actions/attempt";
import { saveAttachment } from "../../../actions/attachments";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { backend } from "../../../ipc";
import type { LetterHeadView } from "../../../ipc/backend";
import { useLooks } from "../../../state/letterLook";
import { useTheme } from "../../../state/theme";
import { useWindow, type Question } from "../../../state/window";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { fullTime, shortTime } from "../../../words/times";
import { Attachments } from "../reading/Attachments";
import { Heard } from "../reading/Heard";
import { LetterFrame } from "../reading/LetterFrame";
import { Odd } from "../reading/Odd";
import { Shield } from "../reading/Shield";
import styles from "./Nested.module.css";

export type NestedQuestion = Extract<Question, { kind: "nested" }>;

export function Nested({ question, onClose }: { question: NestedQuestion; onClose: () => void }) {
  const ask = useWindow((state) => state.ask);
  const { email, part, archive, name, back } = question;
  const usual = useLooks((state) => state.plain);
  const [plain, setPlain] = useState(usual);
  return (
    <Dialog large title={name} onClose={onClose}>
      {archive ? <Archive question={question} /> : <Letter email={email} part={part} plain={plain} />}
      <DialogFoot>
        {back !== null && (
          <Button icon="back" onPress={() => ask(back)}>
            {say("nested-back")}
          </Button>
        )}
        {!archive && (
          <>
            <Button icon="text" aria-pressed={plain} onPress={() => setPlain(!plain)}>
              {say(plain ? "nested-as-written" : "letter-as-text")}
            </Button>
            <Button icon="code" onPress={() => ask({ kind: "source", email, part, back: question })}>
              {say("letter-source")}
            </Button>
          </>
        )}
        <Button icon="download" onPress={() => void saveAttachment(email, part)}>
          {say("danger-save")}
        </Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Archive({ question }: { question: NestedQuestion }) {
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
  if (data === undefined) return <p role="status">{error === null ? say("loading") : sentenceOf(error)}</p>;
  const letters = data.pages.flatMap((page) => page.letters);
  const total = data.pages[0]?.total ?? 0;
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
        {total === 0
          ? say("nested-none")
          : letters.length < total
            ? say("nested-some", { n: total, shown: letters.length })
            : say("nested-many", { n: total })}
      </p>
      <ul className={styles.list}>
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

function Letter({ email, part, plain }: { email: string; part: string; plain: boolean }) {
  const dark = useTheme((state) => state.dark);
  const size = useLooks((state) => state.size);
  const [remoteImages, setRemoteImages] = useState(false);
  const look = { dark, remoteImages, plain, charset: null };
  const { data, error } = useQuery({
    queryKey: ["nested", email, part, look],
    queryFn: () => backend().nested(email, part, look),
    // Looked at otherwise, it stays until it is there otherwise.
    placeholderData: (before) => before,
  });
  if (data === undefined) return <p role="status">{error === null ? say("loading") : sentenceOf(error)}</p>;
  const { head, body } = data;
  const sender = head.from.map(nameOf).join(", ");
  return (
    <article className={styles.letter} aria-label={say("letter-body", { name: sender })}>
      <header className={styles.head} data-selectable>
        <h3 dir="auto">{head.subject || say("no-subject")}</h3>
        <b dir="auto">
          {head.from.map((one) => (one.name === null ? one.email : `${one.name} <${one.email}>`)).join(", ")}
        </b>
        {head.to.length > 0 && <span>{say("letter-to", { people: head.to.map(nameOf).join(", ") })}</span>}
        {head.at !== null && <time dateTime={new Date(head.at).toISOString()}>{fullTime(head.at)}</time>}
      </header>
      <Shield
        images={body.remoteImages}
        trackers={body.trackers}
        remote={body.remote}
        leftOut={body.leftOut}
        sender={head.from[0] ?? { name: null, email: "" }}
        house={null}
        list={null}
        onShow={() => setRemoteImages(true)}
        {...(remoteImages ? { onHide: () => setRemoteImages(false) } : {})}
      />
      <Odd oddities={body.oddities} kinds={body.kinds} />
      <Heard email={email} body={body} />
      <LetterFrame
        title={say("letter-body", { name: sender })}
        document={body.document}
        guess=""
        size={size}
      />
      <Attachments email={email} files={body.attachments} />
    </article>
  );
}
