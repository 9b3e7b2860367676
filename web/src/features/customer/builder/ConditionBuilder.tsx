import type { Catalogue } from '@/lib/catalogue';
import { GroupEditor } from './GroupEditor';
import type { GroupNode } from './tree';

type Props = { catalogue: Catalogue; root: GroupNode; onChange: (root: GroupNode) => void };

/** The whole tree of conditions, to any depth; the same tree that the boxes of the panel edit. */
export function ConditionBuilder({ catalogue, root, onChange }: Props) {
  return <GroupEditor catalogue={catalogue} things={catalogue.things} group={root} depth={1} onChange={onChange} />;
}
