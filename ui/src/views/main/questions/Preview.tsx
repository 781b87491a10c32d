// A file as the window shows it by itself: a picture, a text, pages, a sound or a film; and on to the next one of its letter, or
// of those that were listed with it.
import { lazy, Suspense, useEffect, useId, useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { look, openAttachment, saveAttachment } from "../../../actions/attachments";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { focusInSheet, useSheetKeys } from "../../../components/useSheetKeys";
import { backend } from "../../../ipc";
import type { PreviewView } from "../../../ipc/backend";
import { bytesOf } from "../../../ipc/bytes";
import type { FileOfLetter } from "../../../state/window";
import { say } from "../../../words";
import { Picture } from "./Picture";
import styles from "./Preview.module.css";

/** What draws pages is large, and comes when there are any. */
const Pages = lazy(() => import("./Pages"));

export interface PreviewProps {
  chosen: FileOfLetter;
  /** One steps through these. */
  files: FileOfLetter[];
  onStep: (to: FileOfLetter) => void;
  onClose: () => void;
}

export function Preview({ chosen, files, onStep, onClose }: PreviewProps) {
  const { email, file } = chosen;
  const caution = useId();
  const isDangerous = file.dangers.length > 0;
  const at = files.indexOf(chosen);
  const { data, error } = useQuery({
    queryKey: ["preview", email, file.part],
    queryFn: () => {
      const seen = backend().preview(email, file.part);
      // One that was on the server alone is here from now on.
      return file.here ? seen : seen.finally(() => look(email));
    },
    gcTime: 0,
  });
  const step = (by: number) => onStep(files.at((at + by) % files.length) ?? chosen);
  const place = useSheetKeys((event) => {
    if (files.length < 2 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    if (!needsArrows(event.target)) step(event.key === "ArrowRight" ? 1 : -1);
  });
  return (
    <Dialog large title={file.name} onClose={onClose} describedBy={isDangerous ? caution : undefined}>
      {isDangerous && (
        <p id={caution} className={styles.caution}>
          <Icon name="warning" />
          <span>{file.dangers.map((danger) => say(`danger-${danger}`)).join(" ")}</span>
        </p>
      )}
      <div ref={place} className={styles.stage} data-among={files.length > 1 || undefined}>
        {data === undefined ? (
          <p role="status">{error === null ? say("loading") : sentenceOf(error)}</p>
        ) : (
          <Content key={`${email} ${file.part}`} preview={data} name={file.name} />
        )}
      </div>
      <DialogFoot>
        {files.length > 1 && (
          <span className={styles.steps}>
            <IconButton icon="back" label={say("preview-previous")} shortcut="←" onPress={() => step(-1)} />
            <span>{say("preview-place", { at: at + 1, n: files.length })}</span>
            <IconButton icon="right" label={say("preview-next")} shortcut="→" onPress={() => step(1)} />
          </span>
        )}
        <Button icon="external" onPress={() => void openAttachment(email, file.part, file.name)}>
          {say("preview-open")}
        </Button>
        <Button icon="download" onPress={() => void saveAttachment(email, file.part)}>
          {say("danger-save")}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Sounds and films are sought with the arrows, and a page that is wider than its place is moved with them. */
function needsArrows(at: EventTarget | null): boolean {
  if (at instanceof HTMLMediaElement) return true;
  return at instanceof Element && at.matches("[role=document]") && at.scrollWidth > at.clientWidth;
}

function Content({ preview, name }: { preview: PreviewView; name: string }) {
  switch (preview.kind) {
    case "picture":
      return <Picture address={preview.address} name={name} />;
    case "text":
      return (
        <>
          {preview.cut && <p className={styles.cut}>{say("preview-cut")}</p>}
          {preview.text === "" ? (
            <p>{say("preview-empty")}</p>
          ) : (
            <pre ref={focusInSheet} className={styles.text} data-selectable tabIndex={0} dir="auto">
              {preview.text}
            </pre>
          )}
        </>
      );
    case "pdf":
      return (
        <Suspense fallback={<p role="status">{say("loading")}</p>}>
          <Pages base64={preview.base64} name={name} />
        </Suspense>
      );
    case "media":
      return <Media {...preview} name={name} />;
    case "nothing":
      return <p>{say("preview-nothing")}</p>;
  }
}

/** The bytes stand in the page's own memory: nothing is fetched, and nothing is left when it closes. */
function Media({
  film,
  mediaType,
  base64,
  name,
}: Extract<PreviewView, { kind: "media" }> & { name: string }) {
  const [failed, setFailed] = useState(false);
  const address = useMemo(() => {
    const bytes = bytesOf(base64);
    return URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  }, [base64, mediaType]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  if (failed) return <p role="alert">{say("preview-cannot")}</p>;
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
