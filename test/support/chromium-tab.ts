type Call = (method: string, params?: object) => Promise<any>;

/** One page in a browser, used as a person would: by keyboard, and by reading what it shows. */
export type Tab = {
  go(url: string): Promise<void>;
  /** The value of an expression in the page; a promise is awaited. */
  evaluate(expression: string): Promise<any>;
  /** Resolves when the expression is true, which is tried whenever the page changes. */
  until(expression: string): Promise<void>;
  type(text: string): Promise<void>;
  /** `Enter`, `Tab`, `Escape`, `ArrowRight`, `ArrowDown`, one character, or any of them after `Shift+`. */
  press(key: string): Promise<void>;
  /** Presses Tab until the element with this id has the focus. */
  tabTo(id: string): Promise<void>;
  /** Chooses files in the input with this id. */
  choose(id: string, paths: readonly string[]): Promise<void>;
  /** Drags files over the element with this id; `let go` drops them there. */
  drag(id: string, paths: readonly string[], end?: 'let go'): Promise<void>;
  /** What is saved into the folder by doing something; the name that it was given there. */
  saved(folder: string, act: () => Promise<void>): Promise<string>;
  media(features: Readonly<Record<string, string>>): Promise<void>;
  size(width: number, height: number): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  /** For how long the page's main thread has worked so far. */
  busySeconds(): Promise<number>;
  /** What the page complained about: uncaught errors and refusals of the content security policy. */
  readonly complaints: readonly string[];
  /** Every address that was asked for. */
  readonly requests: readonly string[];
};

const keys: Partial<Record<string, { code: string; keyCode: number; text?: string }>> = {
  Enter: { code: 'Enter', keyCode: 13, text: '\r' },
  Tab: { code: 'Tab', keyCode: 9 },
  Escape: { code: 'Escape', keyCode: 27 },
  ArrowRight: { code: 'ArrowRight', keyCode: 39 },
  ArrowDown: { code: 'ArrowDown', keyCode: 40 },
};
const shift = 8;

export async function tab(
  call: Call,
  listen: (heard: (method: string, params: any) => void) => void,
): Promise<Tab> {
  const complaints: string[] = [];
  const requests: string[] = [];
  let loaded = Promise.withResolvers<void>();
  let saving = Promise.withResolvers<void>();
  let savedName = '';
  listen((method, params) => {
    if (method === 'Page.loadEventFired') loaded.resolve();
    else if (method === 'Page.downloadWillBegin') savedName = params.suggestedFilename;
    else if (method === 'Page.downloadProgress' && params.state === 'completed') saving.resolve();
    else if (method === 'Network.requestWillBeSent') requests.push(params.request.url);
    else if (method === 'Network.webSocketCreated') requests.push(params.url);
    else if (method === 'Runtime.exceptionThrown')
      complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    else if (method === 'Log.entryAdded' && params.entry.source === 'security')
      complaints.push(params.entry.text);
  });
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await call(`${domain}.enable`);
  // Of the processor, not of the clock: a busy machine does not count.
  await call('Performance.enable', { timeDomain: 'threadTicks' });

  async function evaluate(expression: string): Promise<any> {
    const { result, exceptionDetails } = await call('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  }

  async function press(key: string): Promise<void> {
    const name = key.replace('Shift+', '');
    const character = { code: '', keyCode: name.toUpperCase().charCodeAt(0), text: name };
    const { code, keyCode, text } = keys[name] ?? character;
    const event = {
      key: name,
      code,
      windowsVirtualKeyCode: keyCode,
      modifiers: key.startsWith('Shift+') ? shift : 0,
    };
    await call('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...(text !== undefined && { text }) });
    await call('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  return {
    complaints,
    requests,
    evaluate,
    press,
    async tabTo(id) {
      const there = `document.activeElement?.id === ${JSON.stringify(id)}`;
      for (let presses = 0; !(await evaluate(there)); presses += 1) {
        if (presses === 60) throw new Error(`the Tab key does not come to #${id}`);
        await press('Tab');
      }
    },
    async go(url) {
      loaded = Promise.withResolvers();
      await call('Page.navigate', { url });
      await loaded.promise;
    },
    until: (expression) =>
      evaluate(`new Promise((resolve, reject) => {
        const holds = () => Boolean(${expression});
        const observer = new MutationObserver(() => { if (holds()) done(); });
        const late = setTimeout(() => {
          observer.disconnect();
          reject(new Error('not within two minutes; the page shows: ' + document.body.innerText));
        }, 120_000);
        const done = () => { observer.disconnect(); clearTimeout(late); resolve(); };
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        if (holds()) done();
      })`),
    async choose(id, files) {
      const expression = `document.getElementById(${JSON.stringify(id)})`;
      const { result } = await call('Runtime.evaluate', { expression });
      await call('DOM.setFileInputFiles', { files, objectId: result.objectId });
    },
    async drag(id, files, end) {
      const middle = await evaluate(`(() => {
        const { x, y, width, height } = document.getElementById(${JSON.stringify(id)}).getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      })()`);
      const data = { items: [], files, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', ...(end === undefined ? [] : ['drop'])])
        await call('Input.dispatchDragEvent', { type, ...middle, data });
    },
    async saved(downloadPath, act) {
      saving = Promise.withResolvers();
      await call('Page.setDownloadBehavior', { behavior: 'allow', downloadPath });
      await act();
      await saving.promise;
      return savedName;
    },
    type: (text) => call('Input.insertText', { text }),
    media: (features) =>
      call('Emulation.setEmulatedMedia', {
        features: Object.entries(features).map(([name, value]) => ({ name, value })),
      }),
    size: (width, height) =>
      call('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: 1,
        mobile: width < 600,
      }),
    async busySeconds() {
      const { metrics } = await call('Performance.getMetrics');
      return metrics.find(({ name }: { name: string }) => name === 'TaskDuration').value;
    },
    async screenshot() {
      const { data } = await call('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data, 'base64');
    },
  };
}
