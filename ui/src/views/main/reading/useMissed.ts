// Which pictures of a letter that shows them could not be fetched. A page without scripts tells nobody of that: as soon as all of its
// pictures have come or failed, the engine is asked, which has fetched them.
import { useEffect, useMemo, useState } from "react";
import { backend } from "../../../ipc";
import type { BodyView, MissedView } from "../../../ipc/backend";
import { client } from "../../../state/client";
import { whereIs, type LetterRef } from "../../../state/letterRef";
import { keys } from "../../../state/queries";

/** Between two looks at whether all have come, in milliseconds. */
const EVERY = 150;

export interface Missed {
  /** Undefined as long as some are on their way. */
  told: MissedView[] | undefined;
  /** How many the letter was to show. */
  all: number;
  /** They are asked for once more. */
  again: () => void;
}

/** `body`: of a letter that shows its pictures. */
export function useMissed(letter: LetterRef, body: BodyView | undefined): Missed {
  const [known, setKnown] = useState<{ document: string; told: MissedView[] } | null>(null);
  const [tries, setTries] = useState(0);
  const hosts = body?.remote.hosts ?? [];
  const content = body === undefined || hosts.length === 0 ? null : body.document;
  const asked = useMemo(() => numbered(content ?? ""), [content]);
  useEffect(() => {
    if (content === null) return;
    let over = false;
    const look = () => {
      const page = pageOf(letter);
      if (page === null) return;
      blockFailed(page);
      if (!haveCome(page)) return;
      clearInterval(timer);
      void backend()
        .missedPictures(...whereIs(letter))
        .then(
          (told) => over || setKnown({ document: content, told }),
          () => undefined,
        );
    };
    const timer = setInterval(look, EVERY);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, [letter, content, tries]);
  return {
    told: content !== null && known?.document === content ? known.told : undefined,
    all: asked || hosts.reduce((sum, { count }) => sum + count, 0),
    again: () => {
      setKnown(null);
      const [email, part] = whereIs(letter);
      const queryKey = part === null ? keys.body(email) : keys.nested(letter);
      void client.invalidateQueries({ queryKey }).then(() => setTries((before) => before + 1));
    },
  };
}

/** What the frame of a letter shows. */
function pageOf(letter: LetterRef): Document | null {
  const frame = document.querySelector<HTMLIFrameElement>(
    `[data-email="${CSS.escape(letter)}"] iframe[data-letter]`,
  );
  return frame?.contentDocument ?? null;
}

/** Whether all pictures of a letter have come or failed. */
const haveCome = (page: Document) => [...page.images].every((image) => image.complete);

/** Pictures that failed look as they did while they were blocked, with their size and their words. */
function blockFailed(page: Document): void {
  for (const image of page.images) {
    if (!image.complete || image.naturalWidth > 0 || !image.hasAttribute("src")) continue;
    image.classList.add("waxwing-remote");
    image.removeAttribute("srcset");
    image.removeAttribute("src");
  }
}

/** The pictures from the network that a document asks for, each counted once. */
function numbered(content: string): number {
  return new Set([...content.matchAll(/\/remote\/(\d+)/gu)].map(([, number]) => number)).size;
}
