// Rows of the list once more, beside the page, soon after the start and for some milliseconds: the first folder that somebody opens is
// then drawn by code that has run (state/rehearsal.ts).
import { useState } from "react";
import { createPortal } from "react-dom";
import type { Look } from "../../../state/looks";
import { useRehearsal } from "../../../state/rehearsal";
import { rowNow } from "../../../state/rows";
import { Row } from "./Row";

/** About as many as a window shows. */
const ROWS = 16;

export function RehearsedRows({ look: { form, density } }: { look: Look }) {
  const turn = useRehearsal();
  const [beside] = useState(() => document.createElement("div"));
  // They come and go, as with another folder.
  if (turn % 2 === 0) return null;
  const rows = Array.from({ length: ROWS }, (_, index) => rowNow(index) ?? []).flat();
  return createPortal(
    rows.map((row, index) => (
      <Row
        key={row.email}
        row={row}
        index={index}
        total={rows.length}
        top={0}
        form={form}
        density={density}
        selected={false}
        current={undefined}
        joining={false}
        today={0}
        onPress={nothing}
        onTwice={nothing}
      />
    )),
    beside,
  );
}

const nothing = () => undefined;
