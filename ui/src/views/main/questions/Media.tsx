// A sound or a film. Its octets stand in the page's own memory: nothing is fetched, and nothing is left when it closes.
import { useEffect, useState } from "react";
import { say } from "../../../words";
import styles from "./Preview.module.css";

export interface MediaProps {
  film: boolean;
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
}

export function Media({ film, mediaType, bytes, name }: MediaProps) {
  const [failed, setFailed] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mediaType]);
  if (failed) return <p role="alert">{say("preview-cannot")}</p>;
  if (address === null) return null;
  return film ? (
    <video
      className={styles.picture}
      src={address}
      controls
      aria-label={name}
      onError={() => setFailed(true)}
    />
  ) : (
    <audio src={address} controls aria-label={name} onError={() => setFailed(true)} />
  );
}
