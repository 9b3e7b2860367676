// The tree of conditions while it is being built: every node has an id of its own, so that boxes keep their place while
// others come and go, and a condition may still be incomplete.

import type { Catalogue } from '@/lib/catalogue';
import { asHas, firstOperator, isComplete, isLeaf, type Condition, type FieldCondition, type HasCount, type Leaf } from '../conditions';

export type GroupKind = 'all' | 'any' | 'none';
export type GroupNode = { id: string; kind: GroupKind; parts: Node[] };
/** `more` is what a leaf carries besides, such as a list of ids: kept as it is. */
export type LeafNode = { id: string; kind: 'leaf'; field: string; condition: FieldCondition; more: Record<string, unknown> };
export type TextNode = { id: string; kind: 'text'; text: string };
export type HasNode = { id: string; kind: 'has'; thing: string; where: GroupNode; count: HasCount | undefined };
export type Node = GroupNode | LeafNode | TextNode | HasNode;

let made = 0;
const newId = () => `n${(made += 1)}`;

export const isGroup = (node: Node): node is GroupNode => node.kind === 'all' || node.kind === 'any' || node.kind === 'none';

export const newGroup = (kind: GroupKind, parts: Node[] = []): GroupNode => ({ id: newId(), kind, parts });

/** A fresh condition on the first field that people would think of. */
export function newLeaf(catalogue: Catalogue, key?: string): LeafNode {
  const usable = catalogue.fields.filter((field) => field.operators.length > 0 && !field.masked);
  const field = usable.find((one) => one.key === key) ?? usable.find((one) => one.key === 'name') ?? usable.find((one) => one.type !== 'id') ?? usable[0];
  return { id: newId(), kind: 'leaf', field: field?.key ?? 'name', condition: { op: field ? firstOperator(field) : 'contains' }, more: {} };
}

export const newHas = (thing: string): HasNode => ({ id: newId(), kind: 'has', thing, where: newGroup('all'), count: { at_least: 1 } });
export const newText = (): TextNode => ({ id: newId(), kind: 'text', text: '' });

function toNode(condition: Condition): Node {
  if (isLeaf(condition)) {
    const { field, op, value, ...more } = condition;
    return { id: newId(), kind: 'leaf', field, condition: { op, ...(value === undefined ? {} : { value }) }, more };
  }
  const has = asHas(condition);
  if (has) return { id: newId(), kind: 'has', thing: has.has, where: toGroup(has.where), count: has.count };
  if ('text' in condition) return { id: newId(), kind: 'text', text: condition.text };
  return toGroup(condition);
}

/** The tree of a condition; what is not a group becomes the only part of one. */
export function toGroup(condition: Condition | undefined): GroupNode {
  if (!condition) return newGroup('all');
  if ('all' in condition) return newGroup('all', condition.all.map(toNode));
  if ('any' in condition) return newGroup('any', condition.any.map(toNode));
  if ('none' in condition) return newGroup('none', condition.none.map(toNode));
  return newGroup('all', [toNode(condition)]);
}

function fromNode(node: Node): Condition | undefined {
  switch (node.kind) {
    case 'leaf':
      if (!isComplete(node.condition) && Object.keys(node.more).length === 0) return undefined;
      return { field: node.field, ...node.condition, ...node.more } as Leaf;
    case 'text':
      return node.text.trim() === '' ? undefined : { text: node.text.trim() };
    case 'has': {
      const where = fromGroup(node.where);
      return { has: node.thing, ...(where ? { where } : {}), ...(node.count ? { count: node.count } : {}) };
    }
    default:
      return fromGroup(node);
  }
}

/** The condition that a tree stands for, without what is still being filled in; undefined when nothing is left. */
export function fromGroup({ kind, parts }: GroupNode): Condition | undefined {
  const whole = parts.map(fromNode).filter((part) => part !== undefined);
  if (whole.length === 0) return undefined;
  if (kind === 'all') return { all: whole };
  return kind === 'any' ? { any: whole } : { none: whole };
}

/** The parts of a group with one of them replaced; none takes it out. */
export function replaced(group: GroupNode, id: string, next: Node | null): GroupNode {
  return { ...group, parts: group.parts.flatMap((part) => (part.id !== id ? [part] : next ? [next] : [])) };
}

/** A part moved one place up or down among its siblings. */
export function moved(group: GroupNode, id: string, by: -1 | 1): GroupNode {
  const at = group.parts.findIndex((part) => part.id === id);
  const other = at + by;
  const [part, neighbour] = [group.parts[at], group.parts[other]];
  if (!part || !neighbour) return group;
  const parts = [...group.parts];
  parts[at] = neighbour;
  parts[other] = part;
  return { ...group, parts };
}

export const depthOf = (node: Node): number => (isGroup(node) ? 1 + Math.max(0, ...node.parts.map(depthOf)) : node.kind === 'has' ? 1 + depthOf(node.where) : 1);
