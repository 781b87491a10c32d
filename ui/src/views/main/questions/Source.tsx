// A letter as it came over the wire.
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { backend } from "../../../ipc";
import { say } from "../../../words";
import styles from "./Source.module.css";

export function Source({ email, onClose }: { email: string; onClose: () => void }) {
  const { data, error } = useQuery({ queryKey: ["source", email], queryFn: () => backend().source(email) });
  return (
    <Dialog wide title={say("letter-source-title")} onClose={onClose}>
      <pre className={styles.source} data-selectable tabIndex={0}>
        {data ?? (error === null ? say("loading") : sentenceOf(error))}
      </pre>
      <DialogFoot>
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
