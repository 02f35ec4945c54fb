// The canvas where there is no graphics card: only the areas that have changed are put on it.
//
// wgpu puts whole pictures on a canvas, by a triangle over all of it that is turned to sRGB pixel by pixel. Where the
// processor does that, it costs four times what everything else of a small change does. So the canvas keeps what it
// shows, and these triangles are confined to what `src/app/repaint.rs` says is new.

let areas = [];

// Left, top, width, height of each area; none: all of it.
export const paints = (list) => (areas = list);

const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i;

export function isSoftware(gl) {
  const more = gl.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(`${more ? gl.getParameter(more.UNMASKED_RENDERER_WEBGL) : ""} ${gl.getParameter(gl.RENDERER)}`);
}

export function confine(canvas) {
  const getContext = canvas.getContext.bind(canvas);
  canvas.getContext = (kind, options) => {
    const gl = getContext(kind, { ...options, preserveDrawingBuffer: true });
    if (gl) wrap(gl);
    return gl;
  };
}

function wrap(gl) {
  for (const name of ["drawArrays", "drawArraysInstanced"]) {
    const draw = gl[name].bind(gl);
    gl[name] = (mode, first, count, ...more) => {
      // Only what covers everything is drawn without an index, by one triangle.
      if (areas.length === 0 || count !== 3) return draw(mode, first, count, ...more);
      const { drawingBufferWidth: wide, drawingBufferHeight: high } = gl;
      const onCanvas = gl.getParameter(gl.DRAW_FRAMEBUFFER_BINDING) === null;
      if (onCanvas) gl.enable(gl.SCISSOR_TEST);
      for (let n = 0; n < areas.length; n += 4) {
        const [left, top, width, height] = areas.slice(n, n + 4);
        // The canvas is counted from below, the textures of wgpu from above.
        gl.scissor(left, onCanvas ? high - top - height : top, width, height);
        draw(mode, first, count, ...more);
      }
      gl.scissor(0, 0, wide, high);
      if (onCanvas) gl.disable(gl.SCISSOR_TEST);
    };
  }
}
