// A file as the window shows it by itself: a picture, a text, pages, a sound, a film, or what is in an archive; and on to the next one of its letter, or
// of those that were listed with it.
import { lazy, Suspense, useId } from "react";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { look, openAttachment, saveAttachment, showSaved } from "../../../actions/attachments";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Icon } from "../../../components/Icon";
import { IconButton } from "../../../components/IconButton";
import { focusInSheet, useSheetKeys } from "../../../components/useSheetKeys";
import { backend } from "../../../ipc";
import type { PreviewView } from "../../../ipc/backend";
import { useSavedPlace } from "../../../state/saved";
import type { FileOfLetter } from "../../../state/window";
import { say } from "../../../words";
import { dangerSentence } from "../../../words/dangers";
import { Media } from "./Media";
import { Octets } from "./Octets";
import { Packed } from "./Packed";
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
  // What is in an archive is known when it is here.
  const told =
    data?.kind === "archive" ? data.caution : { dangers: file.dangers, harmful: [], unopened: false };
  const isDangerous = told.dangers.length > 0;
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
          <span>{told.dangers.map((danger) => dangerSentence(danger, told.harmful)).join(" ")}</span>
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
        <ShowSaved email={email} part={file.part} />
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

/** The way to where it was saved. */
function ShowSaved({ email, part }: { email: string; part: string }) {
  const place = useSavedPlace(email, part);
  if (place === undefined) return null;
  return (
    <Button icon="folder" onPress={() => void showSaved(place)}>
      {say("show-saved")}
    </Button>
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
      return <Words {...preview} />;
    case "words":
      return <Words {...preview} only />;
    case "pdf":
      return (
        <Octets file={preview.file}>
          {(bytes) => (
            <Suspense fallback={<p role="status">{say("loading")}</p>}>
              <Pages bytes={bytes} name={name} />
            </Suspense>
          )}
        </Octets>
      );
    case "media":
      return (
        <Octets file={preview.file}>{(bytes) => <Media {...preview} bytes={bytes} name={name} />}</Octets>
      );
    case "archive":
      return <Packed contents={preview.contents} />;
    case "undrawn":
      return <p>{say("preview-undrawn")}</p>;
    case "nothing":
      return <p>{say("preview-nothing")}</p>;
  }
}

/** `only`: it is what is left of a file that has another look. */
function Words({ text, cut, only = false }: { text: string; cut: boolean; only?: boolean }) {
  const said = [...(only ? [say("preview-words")] : []), ...(cut ? [say("preview-cut")] : [])];
  return (
    <>
      {said.length > 0 && <p className={styles.cut}>{said.join(" ")}</p>}
      {text === "" ? (
        <p>{say("preview-empty")}</p>
      ) : (
        <pre
          ref={focusInSheet}
          className={styles.text}
          data-prose={only || undefined}
          data-selectable
          tabIndex={0}
          dir="auto"
        >
          {text}
        </pre>
      )}
    </>
  );
}
