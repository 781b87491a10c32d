// From the press on Send to the outbox: what must be mended, what may have been forgotten, and then away. A doubt is
// raised once; the second press sends.
import { useMemo, useState } from "react";
import { send as sendLetter } from "../../actions/composeSend";
import { writing } from "../../state/composers";
import { doubtsAbout, type Doubt } from "../../state/doubts";
import { isAddress } from "../../state/recipients";
import { say } from "../../words";
import { nameOf } from "../../words/address";
import type { LetterEditor } from "./letterEditor";

export interface Sending {
  busy: boolean;
  /** What keeps the letter from leaving. */
  problem: string | null;
  doubt: Doubt | null;
  send: (at?: number | null) => Promise<void>;
  sendAnyway: () => Promise<void>;
  settle: () => void;
  focusSubject: () => void;
  /** Back into the letter, from a button that is about to go. */
  focusText: () => void;
}

export function useSending(
  draft: string,
  editor: LetterEditor | null,
  subject: React.RefObject<HTMLInputElement | null>,
): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const [accepted, setAccepted] = useState<readonly Doubt[]>([]);
  const [time, setTime] = useState<number | null>(null);

  // The same object until something of it changes, so that the tools are not drawn again with each letter typed.
  return useMemo(() => {
    const attempt = async (at: number | null, settled: readonly Doubt[]) => {
      const letter = writing(draft);
      if (letter === null || busy) return;
      const { to, cc, bcc } = letter.content;
      const everybody = [...to, ...cc, ...bcc];
      const wrong = everybody.find((one) => !isAddress(one.email));
      setTime(at);
      setDoubt(null);
      if (everybody.length === 0) {
        setProblem(say("compose-problem-nobody"));
        return;
      }
      if (wrong) {
        setProblem(say("compose-problem-invalid", { name: nameOf(wrong) }));
        return;
      }
      setProblem(null);
      const doubts = doubtsAbout({
        subject: letter.content.subject,
        ownText: editor?.ownText ?? "",
        attachments: letter.attachments.length,
      });
      const open = doubts.find((one) => !settled.includes(one));
      if (open) {
        setDoubt(open);
        return;
      }
      setBusy(true);
      const failure = await sendLetter(draft, at);
      // Where it went, this composer is gone already.
      if (failure === null) return;
      setBusy(false);
      setProblem(failure);
    };

    return {
      busy,
      problem,
      doubt,
      send: (at = null) => attempt(at, accepted),
      sendAnyway: () => {
        editor?.refocus();
        const settled = doubt ? [...accepted, doubt] : accepted;
        setAccepted(settled);
        return attempt(time, settled);
      },
      settle: () => {
        setDoubt(null);
        setProblem(null);
      },
      focusSubject: () => subject.current?.focus(),
      focusText: () => editor?.refocus(),
    };
  }, [accepted, busy, doubt, draft, editor, problem, subject, time]);
}
