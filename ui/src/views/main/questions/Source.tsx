// A letter as it came over the wire, or one within it: its header, field by field and explained, and every byte of it.
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { saveSource } from "../../../actions/letterLook";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Select } from "../../../components/Select";
import { backend } from "../../../ipc";
import { whereIs, type LetterRef } from "../../../state/letterRef";
import { hasWords, say } from "../../../words";
import styles from "./Source.module.css";

/** More than a person reads, and less than what makes the window slow. The file has all of it. */
const LONGEST = 1_000_000;

export function Source({ letter, onClose }: { letter: LetterRef; onClose: () => void }) {
  const [side, setSide] = useState<"fields" | "bytes">("fields");
  return (
    <Dialog large title={say("letter-source-title")} onClose={onClose}>
      <Select
        label={say("source-side")}
        hideLabel
        choices={[
          { id: "fields", text: say("source-fields") },
          { id: "bytes", text: say("source-bytes") },
        ]}
        value={side}
        onChange={setSide}
        className={styles.side}
      />
      {side === "fields" ? <Fields letter={letter} /> : <Bytes letter={letter} />}
      <DialogFoot>
        <Button icon="download" onPress={() => void saveSource(letter)}>
          {say("source-save")}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Fields({ letter }: { letter: LetterRef }) {
  const { data, error } = useQuery({
    queryKey: ["fields", letter],
    queryFn: () => backend().headerFields(...whereIs(letter)),
  });
  if (data === undefined) return <p role="status">{error === null ? say("loading") : sentenceOf(error)}</p>;
  return (
    <dl className={styles.fields} data-selectable tabIndex={0}>
      {data.map((field, index) => (
        <div key={`${field.name}-${index}`}>
          <dt>
            {field.name}
            {explained(field.name) !== null && <small>{explained(field.name)}</small>}
          </dt>
          <dd dir="auto">{field.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a field is for, where it is one that many letters have. */
export function explained(name: string): string | null {
  const id = `header-${name.toLowerCase()}`;
  return /^header-[a-z][a-z0-9-]*$/u.test(id) && hasWords(id) ? say(id) : null;
}

function Bytes({ letter }: { letter: LetterRef }) {
  const { data, error } = useQuery({
    queryKey: ["source", letter],
    queryFn: () => backend().source(...whereIs(letter)),
  });
  return (
    <>
      {data !== undefined && data.length > LONGEST && <p className={styles.cut}>{say("source-cut")}</p>}
      <pre className={styles.source} data-selectable tabIndex={0}>
        {data?.slice(0, LONGEST) ?? (error === null ? say("loading") : sentenceOf(error))}
      </pre>
    </>
  );
}
