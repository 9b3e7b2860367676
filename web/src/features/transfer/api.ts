import { answer, api, noteProblem, requestHeaders, type Schemas } from '@/lib/api/client';
import { ApiProblem, problemOf } from '@/lib/api/problem';

export type ImportPreview = Schemas['ImportPreview'];
export type ImportKind = Schemas['ImportKind'];
export type ImportMapping = Schemas['ImportMapping'];
export type MappedColumn = Schemas['MappedColumn'];
export type ExportRequest = Schemas['ExportRequest'];
export type Encoding = Schemas['Encoding'];
export type ExportKind = 'customers' | 'orders' | 'addresses' | 'points';

export type ImportOptions = {
  mode: 'create' | 'update' | 'upsert' | 'control';
  on_error: 'all_or_nothing' | 'skip';
  on_clash: 'refuse' | 'no_login';
};

/** Uploads the file and tells what it looks like. XMLHttpRequest, because only it tells how far an upload is. */
export function previewImport(file: File, kind: ImportKind, encoding: string, onProgress: (percent: number) => void): Promise<ImportPreview> {
  return new Promise((done, fail) => {
    const query = new URLSearchParams({ kind, encoding, file_name: file.name.slice(0, 255) });
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/imports/preview?${query.toString()}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'text/csv');
    for (const [name, value] of Object.entries(requestHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(Math.round((event.loaded / event.total) * 100));
    request.onerror = () => fail(new ApiProblem(0, 'unreachable', '', ''));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) done(request.response as ImportPreview);
      else fail(noteProblem(problemOf(request.status, request.response)));
    };
    request.send(file);
  });
}

/** A file of this kind to be filled in. */
export const sampleUrl = (kind: ImportKind) => `/api/v1/imports/${kind}/sample`;

/** "col=field,…", each name percent-encoded. An empty field leaves the column out. */
export function mapParameter(columns: MappedColumn[]): string {
  return columns.map(({ column, field }) => `${encodeURIComponent(column)}=${encodeURIComponent(field ?? '')}`).join(',');
}

export async function startDryRun(kind: ImportKind, preview: ImportPreview, columns: MappedColumn[], options: ImportOptions, fileName: string): Promise<string> {
  const columnsChanged = JSON.stringify(columns) !== JSON.stringify(preview.columns);
  const mapped = preview.format === 'mapped' || columnsChanged;
  if (mapped) await answer(api.PUT('/import-mappings', { body: { kind, signature: preview.signature, columns } }));
  const { job } = await answer(
    api.POST('/imports/{kind}', {
      params: {
        path: { kind },
        query: { upload: preview.upload, format: mapped ? 'mapped' : preview.format, ...(mapped ? { map: mapParameter(columns) } : {}), ...options, encoding: preview.encoding === 'cp932' ? 'cp932' : 'utf-8', dry_run: true, file_name: fileName },
        header: { 'Idempotency-Key': crypto.randomUUID() },
      },
      bodySerializer: () => '',
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
  return job;
}

export const startExport = (kind: ExportKind, body: ExportRequest) =>
  answer(api.POST('/exports/{kind}', { body, params: { path: { kind }, header: { 'Idempotency-Key': crypto.randomUUID() } } }));
