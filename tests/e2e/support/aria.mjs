/** What a screen reader says of a box beside its name, as the browser works it out from the page. */
export async function heard(page, box) {
  await box.evaluate((element) => (window.heardByTest = element) && undefined);
  const client = await page.context().newCDPSession(page);
  const {result} = await client.send('Runtime.evaluate', {expression: 'window.heardByTest'});
  const {nodes} = await client.send('Accessibility.getPartialAXTree', {objectId: result.objectId, fetchRelatives: false});
  await client.detach();
  const invalid = nodes[0].properties.find(({name}) => name === 'invalid')?.value.value ?? 'false';
  return {description: nodes[0].description?.value ?? '', invalid: invalid !== 'false'};
}
