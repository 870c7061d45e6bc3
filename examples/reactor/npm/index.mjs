// The rules of the PEP process as a module in your own process: in Node, in a browser, or
// anywhere else that has WebAssembly and the web's performance.now.

const badDescriptor = 8; // EBADF: WASI's answer for a file that is not open

/** Starts an instance of the module; see index.d.ts. */
export async function open(source = new URL("reactor.wasm", import.meta.url)) {
  const module = await WebAssembly.compile(await bytes(source));
  return start(module);
}

async function bytes(source) {
  if (typeof source !== "string" && !(source instanceof URL)) return source;
  const url = /^[a-z]+:\/\//.test(source);
  if (globalThis.process?.versions?.node && !/^https?:/.test(source)) {
    const { readFile } = await import("node:fs/promises");
    return readFile(url ? new URL(source) : source);
  }
  const response = await fetch(source);
  if (!response.ok) throw new Error(`${source} cannot be loaded: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}

async function start(module) {
  let exports;
  const instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: host(module, () => new DataView(exports.memory.buffer)),
  });
  exports = instance.exports;
  exports._initialize();

  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const said = (length) => decoder.decode(new Uint8Array(exports.memory.buffer, exports.said(), length));

  /** Replaces each lone surrogate, which UTF-8 cannot encode, with its escape, which the rules refuse. */
  const alone = (text) => text.replace(/[\ud800-\udfff]/gu, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

  const askText = (question) => {
    const text = encoder.encode(alone(String(question))).subarray(0, exports.capacity());
    const at = exports.question(text.length);
    new Uint8Array(exports.memory.buffer).set(text, at);
    return said(exports.answer(text.length));
  };
  return {
    ask: (question) => JSON.parse(askText(JSON.stringify(question))),
    askText,
    get version() {
      return JSON.parse(said(exports.version()));
    },
    get bytes() {
      return exports.memory.buffer.byteLength;
    },
  };
}

// host returns the few WASI functions that a Go module without files needs. The other
// imports answer that the file is not open.
function host(module, memory) {
  const none = (count, size) => {
    memory().setUint32(count, 0, true);
    memory().setUint32(size, 0, true);
    return 0;
  };
  const known = {
    args_sizes_get: none,
    args_get: () => 0,
    environ_sizes_get: none,
    environ_get: () => 0,
    sched_yield: () => 0,
    poll_oneoff(events, out, count, happened) {
      memory().setUint32(happened, 0, true); // never waits
      return 0;
    },
    clock_time_get(clock, precision, at) {
      const now = clock === 0 ? Date.now() : performance.now();
      memory().setBigUint64(at, BigInt(Math.round(now * 1e6)), true);
      return 0;
    },
    random_get(at, length) {
      // These numbers only seed hash tables, so Math.random will do; Node takes 25 ms to load crypto.
      for (let n = 0; n < length; n++) memory().setUint8(at + n, 256 * Math.random());
      return 0;
    },
    fd_write(file, parts, count, written) {
      let text = "";
      let size = 0;
      for (let n = 0; n < count; n++) {
        const [at, length] = [0, 4].map((field) => memory().getUint32(parts + 8 * n + field, true));
        text += new TextDecoder().decode(new Uint8Array(memory().buffer, at, length));
        size += length;
      }
      console.error(text); // the module writes only the error that ends it
      memory().setUint32(written, size, true);
      return 0;
    },
    proc_exit(code) {
      throw new Error(`the module ended with status ${code}`);
    },
  };
  const wanted = WebAssembly.Module.imports(module).map(({ name }) => [name, known[name] ?? (() => badDescriptor)]);
  return Object.fromEntries(wanted);
}
