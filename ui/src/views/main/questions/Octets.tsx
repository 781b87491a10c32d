// What needs all octets of a file: it is shown when they are here, and until then how many have come.
import { useEffect, useState, type ReactNode } from "react";
import type { PiecesView } from "../../../ipc/backend";
import { octetsOf } from "../../../ipc/pieces";
import { say } from "../../../words";
import { fileSize } from "../../../words/times";
import styles from "./Preview.module.css";

export interface OctetsProps {
  file: PiecesView;
  children: (bytes: Uint8Array<ArrayBuffer>) => ReactNode;
}

export function Octets({ file, children }: OctetsProps) {
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const [come, setCome] = useState(0);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    octetsOf(file, (octets) => !end.signal.aborted && setCome(octets), end.signal).then(
      (octets) => !end.signal.aborted && setBytes(octets),
      () => !end.signal.aborted && setLost(true),
    );
    return () => end.abort();
  }, [file]);
  if (lost) return <p role="alert">{say("preview-lost")}</p>;
  if (bytes !== null) return children(bytes);
  return (
    <div className={styles.coming}>
      <p role="status">{say("loading")}</p>
      {/* What is here in a moment has no use for a bar that comes and goes. */}
      {file.pieces.length > 1 && (
        <>
          <progress max={file.size} value={come} aria-label={say("loading")} />
          <small>{say("preview-coming", { size: fileSize(come), all: fileSize(file.size) })}</small>
        </>
      )}
    </div>
  );
}
