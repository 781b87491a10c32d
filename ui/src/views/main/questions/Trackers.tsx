// Which senders would have been told that their letters were opened, how often and by whom; and whose pictures are shown.
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { forbidImages } from "../../../actions/images";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { IconButton } from "../../../components/IconButton";
import { backend } from "../../../ipc";
import type { TrackingSenderView } from "../../../ipc/backend";
import { keys } from "../../../state/queries";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { shortTime } from "../../../words/times";
import styles from "./Caution.module.css";

export function Trackers({ onClose }: { onClose: () => void }) {
  const { data: senders, error } = useQuery({
    queryKey: keys.trackers,
    queryFn: () => backend().trackingSenders(),
    staleTime: 0,
  });
  const { data: allowed } = useQuery({ queryKey: keys.allowed, queryFn: () => backend().imagesAllowed() });
  return (
    <Dialog large title={say("trackers-title")} onClose={onClose}>
      <p className={styles.quiet}>{say("trackers-more")}</p>
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      {senders?.length === 0 && <p>{say("trackers-none")}</p>}
      <ul className={styles.list} aria-label={say("trackers-title")}>
        {senders?.map((sender) => (
          <Row key={sender.person.email} sender={sender} />
        ))}
      </ul>
      <h3 className={styles.part}>{say("trackers-allowed")}</h3>
      {allowed?.length === 0 && <p className={styles.quiet}>{say("trackers-allowed-none")}</p>}
      <ul className={styles.list} aria-label={say("trackers-allowed")}>
        {allowed?.map((whose) => (
          <li key={`${whose.kind} ${whose.name}`} className={styles.row}>
            <span dir="auto">{say(`trackers-allowed-${whose.kind}`, { name: whose.name })}</span>
            <IconButton
              icon="close"
              label={say("trackers-forbid", { name: whose.name })}
              onPress={() => void forbidImages(whose)}
            />
          </li>
        ))}
      </ul>
      <DialogFoot>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Row({ sender }: { sender: TrackingSenderView }) {
  const by = sender.by.map(({ host }) => host).join(", ");
  return (
    <li className={styles.row}>
      <span>
        <b dir="auto">{nameOf(sender.person)}</b>
        <small>
          {[
            sender.person.email,
            ...(sender.pictures > 0 ? [say("trackers-pictures", { n: sender.pictures })] : []),
            ...(by === "" ? [] : [say("trackers-by", { names: by })]),
            ...(sender.links > 0 ? [say("trackers-links", { n: sender.links })] : []),
            sender.told > 0 ? say("trackers-told", { n: sender.told }) : say("trackers-untold"),
          ].join(" · ")}
        </small>
      </span>
      <small>
        {say("trackers-letters", { n: sender.letters })},{" "}
        {say("trackers-last", { when: shortTime(sender.lastAt) })}
      </small>
    </li>
  );
}
