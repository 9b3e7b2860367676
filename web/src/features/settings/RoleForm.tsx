import { Button, Checkbox, Fieldset, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useUndoAct } from '@/features/operation/useUndoAct';
import { useTexts } from '@/lib/i18n';
import { changesIn } from '@/lib/record';
import { useMay, useMe, type Right } from '@/lib/session';
import { formatCount } from '@/lib/text/number';
import { Field } from '@/ui/Field';
import { Form } from '@/ui/Form';
import { NumberBox } from '@/ui/NumberBox';
import { StaleRow, staleOf } from '@/ui/StaleChoice';
import { ProblemPanel } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useLeave } from '@/ui/useLeave';
import { useSaveRole, type RightEntry, type RoleDraft, type RoleEntry } from './securityApi';

type Props = { role: RoleEntry | null; from: RoleEntry | null; rights: RightEntry[]; onClose: () => void };

/** A role as ticked rights by area. One as shipped can be looked at, and copied. */
export function RoleForm({ role, from, rights, onClose }: Props) {
  const { t, language } = useTexts();
  const me = useMe();
  const mayEdit = useMay()('staff.edit');
  const save = useSaveRole();
  const { undoOf } = useUndoAct();
  const grantable = new Set(rights.filter((right) => right.grantable).map((right) => right.name));
  const [name, setName] = useState(role ? role.name[language] : from ? t('security.copyOf', { name: from.name[language] }) : '');
  const [chosen, setChosen] = useState<Right[]>(role ? role.rights : (from?.rights ?? []).filter((right) => grantable.has(right)));
  const [ceiling, setCeiling] = useState<number | null>(from?.points_ceiling ?? null);
  const readOnly = !mayEdit || role?.built_in === true;
  const isOwner = me.rights.includes('owner.edit');
  const mayGive = (right: RightEntry) => !readOnly && right.grantable && (isOwner || me.rights.includes(right.name));
  const areas = [...new Map(rights.map((right) => [right.area, right.area_label])).entries()];
  const errors = save.error?.fieldErrors() ?? {};
  const toggle = (names: Right[], on: boolean) => setChosen((now) => [...now.filter((right) => !names.includes(right)), ...(on ? names : [])]);
  const ordered = (names: Right[]) => rights.map((right) => right.name).filter((right) => names.includes(right));
  const draft: RoleDraft = { name: name.trim(), rights: ordered(chosen), points_ceiling: chosen.includes('points.edit') ? ceiling : null };
  const { leave, typing, asking } = useLeave(onClose, draft);
  const [began] = useState(draft);
  const mine = changesIn(began, draft);
  const stale = staleOf(save.error) as RoleEntry | null;
  const send = (body: Partial<RoleDraft>, version?: number) =>
    save.mutate(
      role ? { role: { ...role, version: version ?? role.version }, body } : { role: null, body: draft },
      {
        onSuccess: ({ operation }) => {
          toast(t('security.roleSaved'), undoOf(operation));
          onClose();
        },
      },
    );
  const submit = () => (role && Object.keys(mine).length === 0 ? onClose() : send(mine));
  const rightsText = (value: unknown) => rights.filter((right) => (value as Right[]).includes(right.name)).map((right) => right.label[language]).join(language === 'ja' ? '、' : ', ') || t('history.empty');
  return (
    <Modal opened onClose={leave} size={860} title={t(role ? (readOnly ? 'security.showRole' : 'security.editRole') : 'security.addRole')} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form {...typing} onSubmit={submit}>
        <Stack gap="md">
          {save.error && !stale && save.error.fields.length === 0 && <ProblemPanel problem={save.error} />}
          <Field label={t('security.roleName')} required={!readOnly} error={errors['name']}>
            {(control) => <TextInput {...control} readOnly={readOnly} autoComplete="off" maxLength={50} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus={!readOnly || undefined} />}
          </Field>
          {role && !readOnly && role.members > 0 && (
            <Text size="sm" c="dimmed">
              {t('security.endsSessions', { count: role.members })}
            </Text>
          )}
          {errors['rights'] && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {t('security.rightsRequired')}
            </Text>
          )}
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
            {areas.map(([area, label]) => {
              const own = rights.filter((right) => right.area === area);
              const open = own.filter(mayGive).map((right) => right.name);
              const ticked = own.filter((right) => chosen.includes(right.name)).length;
              return (
                <Fieldset key={area} legend={`${label[language]} (${ticked}/${own.length})`}>
                  <Stack gap={6}>
                    {!readOnly && own.length > 1 && (
                      <Checkbox
                        size="xs"
                        label={t('security.wholeArea')}
                        checked={open.length > 0 && open.every((right) => chosen.includes(right))}
                        indeterminate={open.some((right) => chosen.includes(right)) && !open.every((right) => chosen.includes(right))}
                        disabled={open.length === 0}
                        onChange={(event) => toggle(open, event.currentTarget.checked)}
                      />
                    )}
                    {own.map((right) => (
                      <Checkbox key={right.name} size="sm" label={right.label[language]} checked={chosen.includes(right.name)} disabled={!mayGive(right)} onChange={(event) => toggle([right.name], event.currentTarget.checked)} />
                    ))}
                    {area === 'marketing' && chosen.includes('points.edit') && (
                      <Field label={t('security.ceiling')} optional={!readOnly} help={t('security.ceilingHelp')} error={errors['points_ceiling']}>
                        {(control) => <NumberBox {...control} size="sm" label={t('security.ceiling')} readOnly={readOnly} value={ceiling} onChange={setCeiling} />}
                      </Field>
                    )}
                  </Stack>
                </Fieldset>
              );
            })}
          </SimpleGrid>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={leave}>
              {t(readOnly ? 'common.close' : 'common.cancel')}
            </Button>
            {!readOnly && (
              <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || chosen.length === 0}>
                {t('common.save')}
              </Button>
            )}
          </Group>
        </Stack>
      </Form>
      {asking}
      <StaleRow
        current={stale && { name: stale.name[language], rights: ordered(stale.rights), points_ceiling: stale.points_ceiling ?? null, version: stale.version }}
        began={began}
        mine={mine}
        fields={[
          { key: 'name', label: t('security.roleName'), words: String },
          { key: 'rights', label: t('security.rights'), words: rightsText },
          { key: 'points_ceiling', label: t('security.ceiling'), words: (value) => formatCount(value as number | null) || t('history.empty') },
        ]}
        busy={save.isPending}
        onClose={save.reset}
        onTake={onClose}
        onSave={send}
      />
    </Modal>
  );
}
