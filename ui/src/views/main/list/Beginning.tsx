// The last line of a row: how its letter begins, or why it was found where that is not seen otherwise.
import { Marked, MarkedPieces } from "../../../components/Marked";
import type { ExcerptView, RowView } from "../../../ipc/backend";
import { useExcerpt } from "../../../state/excerpts";
import { inPieces, piecesApart, useMarks, type Piece } from "../../../state/marks";
import { say } from "../../../words";
import { around } from "../../../words/around";

export function Beginning({ row }: { row: RowView }) {
  const excerpt = useExcerpt(row);
  return excerpt === null ? <Marked part="text" text={row.preview} /> : <Excerpt excerpt={excerpt} />;
}

/** The same where a row has no line for it: behind the subject stands why the letter was found, and nothing else. `people`: as the row
    names them. */
export function Why({
  row,
  people,
  className,
}: {
  row: RowView;
  people: string;
  className: string | undefined;
}) {
  const excerpt = useExcerpt(row);
  const seen = [
    ...inPieces(row.subject, useMarks("subject", row.subject)),
    ...inPieces(people, useMarks("sender", people)),
  ];
  const beginning = fromFirstFound(inPieces(row.preview, useMarks("text", row.preview)), seen);
  if (excerpt === null && beginning === null) return null;
  return (
    <span className={className} dir="auto">
      {excerpt === null ? <MarkedPieces pieces={beginning ?? []} /> : <Excerpt excerpt={excerpt} />}
    </span>
  );
}

/** Signs before the first word that is marked, as the engine cuts its excerpts (crates/store/src/search/excerpt.rs). */
const BEFORE = 12;

/**
 * How a letter begins from a little before the first word that was looked for, since half of a line is not much; null where none stands
 * there but those that are marked in the row anyway.
 */
export function fromFirstFound(pieces: readonly Piece[], seen: readonly Piece[]): Piece[] | null {
  const plain = ({ text }: Piece) => text.toLowerCase();
  const known = new Set(seen.filter(({ marked }) => marked).map(plain));
  const first = pieces.findIndex((piece) => piece.marked && !known.has(plain(piece)));
  if (first < 0) return null;
  const length = pieces.slice(0, first).reduce((sum, { text }) => sum + text.length, 0);
  if (length <= BEFORE) return [...pieces];
  const whole = pieces.map(({ text }) => text).join("");
  const space = whole.indexOf(" ", length - BEFORE - 1) + 1;
  const [, behind] = piecesApart(pieces, space === 0 || space > length ? length : space);
  return [{ text: "… ", marked: false }, ...behind];
}

function Excerpt({ excerpt }: { excerpt: ExcerptView }) {
  if (excerpt.kind === "inSomeFile") return say("row-found-in-some-file");
  if (excerpt.kind === "elsewhere") return say("row-found-elsewhere");
  const { text, marks } = excerpt.said;
  const said = <MarkedPieces pieces={inPieces(text, marks)} />;
  if (excerpt.kind === "text") return said;
  const [before, behind] = around(PHRASES[excerpt.kind], "name");
  return (
    <>
      {before}
      {/* A name in another direction turns nothing around it. */}
      <bdi>{nameIn(excerpt)}</bdi>
      {behind}
      {excerpt.kind !== "fileName" && <bdi>{said}</bdi>}
    </>
  );
}

const PHRASES = {
  fileName: "row-found-file",
  nameAndText: "row-found-file-and-text",
  inFile: "row-found-in-file",
} as const;

/** A name that something follows is short, and marked as far as it is whole. */
function nameIn(
  excerpt: Exclude<ExcerptView, { kind: "text" | "inSomeFile" | "elsewhere" }>,
): React.ReactNode {
  if (excerpt.kind === "inFile") return shortened(excerpt.name);
  const { text, marks } = excerpt.kind === "fileName" ? excerpt.said : excerpt.name;
  const short = excerpt.kind === "fileName" ? text : shortened(text);
  return short === text ? <MarkedPieces pieces={inPieces(text, marks)} /> : short;
}

/** Signs of a name that are shown before what stands in the file. */
const ROOM = 18;
/** Of these at its end, the ending among them. */
const END = 8;

const signs = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** A long name without its middle: the ending says what kind of file it is. */
export function shortened(name: string): string {
  const all = [...signs.segment(name)].map(({ segment }) => segment);
  if (all.length <= ROOM) return name;
  return [...all.slice(0, ROOM - END - 1), "…", ...all.slice(-END)].join("");
}
