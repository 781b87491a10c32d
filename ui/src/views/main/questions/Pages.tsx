// The pages of a PDF, one at a time, drawn by pdf.js on a canvas. The file is read by a worker; no script that is in it runs,
// no form, no link and no page from elsewhere is made of it, and what it needs beside itself comes with the app. The words of
// a page stand behind its picture for those who hear them. A page that takes longer than anybody waits is given up, and its
// worker ended from outside, whatever it is doing. Loaded when the first PDF is looked at, and not before.
import { useEffect, useRef, useState } from "react";
import {
  getDocument,
  PDFWorker,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import reader from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { Button } from "../../../components/Button";
import { IconButton } from "../../../components/IconButton";
import { focusInSheet, useSheetKeys } from "../../../components/useSheetKeys";
import { say } from "../../../words";
import styles from "./Pages.module.css";

/** No canvas holds more pixels, however large a page says it is. */
const MOST_PIXELS = 16_000_000;
/** The browser's worth of memory that the pictures and canvases within a page may take, in octets. */
const MOST_OCTETS = 64_000_000;
/** Signs of a page that are kept for those who hear them; no page of a book has so many. */
const MOST_WORDS = 100_000;
/** A page may take so long to be read and drawn, and the file to be opened, in milliseconds. */
const PATIENCE = 30_000;
/** And a reader so long to end by itself. */
const GRACE = 500;
const SIZES = [50, 75, 100, 125, 150, 200, 300, 400];

export default function Pages({ bytes, name }: { bytes: Uint8Array<ArrayBuffer>; name: string }) {
  const [pages, setPages] = useState<PDFDocumentProxy | null>(null);
  const [failed, setFailed] = useState<"broken" | "locked" | "endless" | null>(null);
  const [at, setAt] = useState(1);
  const [size, setSize] = useState(100);
  const [words, setWords] = useState("");
  const [tries, setTries] = useState(0);
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const giveUp = useRef<() => void>(() => undefined);

  useEffect(() => {
    const faces = new Set(document.fonts);
    const beside = (folder: string) => new URL(`pdf/${folder}/`, document.baseURI).href;
    const port = new Worker(reader, { type: "module" });
    // Its types leave the worker out.
    const worker = new PDFWorker({ port: port as unknown as null });
    const task = getDocument({
      worker,
      // The worker takes them away, and they may be read once more.
      data: bytes.slice(),
      isEvalSupported: false,
      enableXfa: false,
      useWorkerFetch: false,
      useWasm: false,
      maxImageSize: MOST_PIXELS,
      canvasMaxAreaInBytes: MOST_OCTETS,
      cMapUrl: beside("cmaps"),
      standardFontDataUrl: beside("standard_fonts"),
      wasmUrl: beside("wasm"),
      verbosity: 0,
    });
    // What it says when another one reads is not said of that one's file.
    let gone = false;
    // A password is asked for by the program that opens it.
    task.onPassword = () => !gone && setFailed("locked");
    // The worker is asked to end nowhere: one that is busy for ever would not answer.
    giveUp.current = () => {
      port.terminate();
      setFailed((before) => before ?? "endless");
    };
    const late = setTimeout(() => giveUp.current(), PATIENCE);
    task.promise
      .then(
        (opened) => !gone && setPages(opened),
        () => !gone && setFailed((before) => before ?? "broken"),
      )
      .finally(() => clearTimeout(late));
    return () => {
      gone = true;
      clearTimeout(late);
      giveUp.current = () => undefined;
      // The fonts that the file has brought along, also where its reader does not say any more that it is done.
      for (const face of [...document.fonts]) if (!faces.has(face)) document.fonts.delete(face);
      // It is told to end, and is ended from outside where it is too busy to hear that.
      const ended = task.destroy().catch(() => undefined);
      void Promise.race([ended, new Promise((done) => setTimeout(done, GRACE))]).finally(() =>
        port.terminate(),
      );
    };
  }, [bytes, tries]);

  useEffect(() => {
    if (pages === null) return;
    focusInSheet(stage.current);
    const end = new AbortController();
    const gone = () => end.signal.aborted;
    let drawing: { cancel: () => void } | undefined;
    const late = setTimeout(() => {
      drawing?.cancel();
      giveUp.current();
    }, PATIENCE);
    void (async () => {
      try {
        const page = await pages.getPage(at);
        const place = canvas.current;
        if (gone() || place === null) return;
        const whole = page.getViewport({ scale: 1 });
        const room = (stage.current?.clientWidth ?? 700) - 24;
        const scale = (Math.min(room / whole.width, 2) * size) / 100;
        const sharp = Math.min(
          devicePixelRatio,
          Math.sqrt(MOST_PIXELS / (whole.width * whole.height)) / scale,
        );
        const viewport = page.getViewport({ scale: scale * sharp });
        place.width = Math.max(1, Math.floor(viewport.width));
        place.height = Math.max(1, Math.floor(viewport.height));
        place.style.width = `${Math.floor(whole.width * scale)}px`;
        const task = page.render({ canvas: place, viewport });
        drawing = task;
        await task.promise;
        // A page whose words cannot be read is seen all the same.
        const read = await wordsOf(page).catch(() => "");
        if (!gone()) setWords(read);
      } catch (error) {
        if (!gone() && (error as Error).name !== "RenderingCancelledException")
          setFailed((before) => before ?? "broken");
      } finally {
        clearTimeout(late);
      }
    })();
    return () => {
      end.abort();
      clearTimeout(late);
      drawing?.cancel();
    };
  }, [pages, at, size]);

  const all = pages?.numPages ?? 1;
  const turn = (to: number) => {
    setAt(Math.min(all, Math.max(1, to)));
    stage.current?.scrollTo({ top: 0 });
  };
  const grow = (by: number) => {
    const place = (before: number) => Math.min(SIZES.length - 1, Math.max(0, SIZES.indexOf(before) + by));
    setSize((before) => SIZES[place(before)] ?? 100);
  };
  const keys: Record<string, () => void> = {
    PageDown: () => turn(at + 1),
    PageUp: () => turn(at - 1),
    Home: () => turn(1),
    End: () => turn(all),
    "+": () => grow(1),
    "-": () => grow(-1),
    "0": () => setSize(100),
  };
  const place = useSheetKeys((event) => {
    const deed = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  });

  if (failed === "endless") {
    // Another page of it may be drawn well, and this one when less is going on.
    const again = () => {
      setFailed(null);
      setPages(null);
      setAt(1);
      setTries(tries + 1);
    };
    return (
      <div className={styles.failed}>
        <p role="alert">{say("pages-endless")}</p>
        <Button icon="retry" autoFocus onPress={again}>
          {say("try-again")}
        </Button>
      </div>
    );
  }
  if (failed !== null) return <p role="alert">{say(`pages-${failed}`)}</p>;
  if (pages === null) return <p role="status">{say("loading")}</p>;
  return (
    <div ref={place} className={styles.pages}>
      <div className={styles.tools} role="toolbar" aria-label={say("pages-tools")}>
        <IconButton
          icon="back"
          label={say("pages-previous")}
          shortcut="PageUp"
          isDisabled={at === 1}
          onPress={() => turn(at - 1)}
        />
        <span role="status">{say("pages-place", { at, n: all })}</span>
        <IconButton
          icon="right"
          label={say("pages-next")}
          shortcut="PageDown"
          isDisabled={at === all}
          onPress={() => turn(at + 1)}
        />
        <IconButton icon="minus" label={say("pages-smaller")} shortcut="-" onPress={() => grow(-1)} />
        <span>{size} %</span>
        <IconButton icon="plus" label={say("pages-larger")} shortcut="+" onPress={() => grow(1)} />
      </div>
      <div ref={stage} className={styles.stage} tabIndex={0} role="document" aria-label={name}>
        <canvas
          ref={canvas}
          className={styles.page}
          role="img"
          aria-label={say("pages-place", { at, n: all })}
        />
        <p className="visually-hidden" dir="auto">
          {words}
        </p>
      </div>
    </div>
  );
}

/** Read piece by piece: the web view of Linux cannot walk through a stream with `for await`, as the library's own way of it does. */
async function wordsOf(page: PDFPageProxy): Promise<string> {
  const pieces = (page.streamTextContent() as ReadableStream<{ items: readonly object[] }>).getReader();
  let words = "";
  try {
    while (words.length < MOST_WORDS) {
      const { done, value } = await pieces.read();
      if (done) break;
      for (const item of value.items)
        if ("str" in item && typeof item.str === "string") words += `${item.str} `;
    }
  } finally {
    // What is behind is not wanted any more; a stream that has ended takes no harm.
    await pieces.cancel().catch(() => undefined);
  }
  return words.slice(0, MOST_WORDS);
}
