// The last line of a row: how its letter begins, or why it was found where that is not seen otherwise.
import { Marked, MarkedPieces } from "../../../components/Marked";
import type { ExcerptView, RowView } from "../../../ipc/backend";
import { useExcerpt } from "../../../state/excerpts";
import { inPieces } from "../../../state/marks";
import { say } from "../../../words";
import { around } from "../../../words/around";

export function Beginning({ row }: { row: RowView }) {
  const excerpt = useExcerpt(row);
  return excerpt === null ? <Marked part="text" text={row.preview} /> : <Excerpt excerpt={excerpt} />;
}

/** The same where a row has no line for it: behind the subject stands why the letter was found, and nothing else. */
export function Why({ row, className }: { row: RowView; className: string | undefined }) {
  const excerpt = useExcerpt(row);
  if (excerpt === null) return null;
  return (
    <span className={className} dir="auto">
      <Excerpt excerpt={excerpt} />
    </span>
  );
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
