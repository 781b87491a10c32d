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

function Excerpt({ excerpt }: { excerpt: ExcerptView }) {
  if (excerpt.kind === "inSomeFile") return say("row-found-in-some-file");
  const { text, marks } = excerpt.said;
  const said = <MarkedPieces pieces={inPieces(text, marks)} />;
  if (excerpt.kind === "text") return said;
  const isName = excerpt.kind === "fileName";
  const [before, behind] = around(isName ? "row-found-file" : "row-found-in-file", "name");
  return (
    <>
      {before}
      {/* A name in another direction turns nothing around it. */}
      <bdi>{isName ? said : shortened(excerpt.name)}</bdi>
      {behind}
      {!isName && <bdi>{said}</bdi>}
    </>
  );
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
