import qrcode from 'qrcode-generator';
import { useMemo } from 'react';

/** A QR code as one path on white, so that it can be scanned in the dark scheme too. */
export function QrCode({ text, label, size = 200 }: { text: string; label: string; size?: number }) {
  const { side, path } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    const cells: string[] = [];
    for (let row = 0; row < count; row += 1) for (let column = 0; column < count; column += 1) if (code.isDark(row, column)) cells.push(`M${column + 4} ${row + 4}h1v1h-1z`);
    return { side: count + 8, path: cells.join('') };
  }, [text]);
  return (
    <svg role="img" aria-label={label} width={size} height={size} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
