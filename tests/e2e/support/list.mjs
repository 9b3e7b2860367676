// What the tests of the customer list share: reading it as a person does.

export const rows = (page) => page.locator('tbody tr:not([aria-hidden])');
export const total = async (page) => Number((await page.getByText(/件中 /).first().innerText()).split('件')[0].replaceAll(',', ''));

export async function shown(page) {
  await page.getByText(/件中 /).first().waitFor();
  await rows(page).first().waitFor();
}

/** Runs the panel and waits until its result stands there. */
export async function search(page, act) {
  const answer = page.waitForResponse((response) => response.url().endsWith('/customers/search')); // counts have a route of their own
  await act();
  await (await answer).finished();
  await page.locator('[aria-busy="true"]').waitFor({state: 'detached'});
}

export const runPanel = (page) => search(page, () => page.getByRole('button', {name: 'この条件で検索する'}).click());
