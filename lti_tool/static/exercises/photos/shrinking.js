// Makes a photo smaller before it is sent: what a phone takes is some megabytes, and the line may be poor. What a
// browser can't make smaller is sent as it is, and the server does it.

const WIDEST = 2000;
const QUALITY = 0.82;
const LIGHT = 400_000;

/** Give a photo that is light enough to be sent: a smaller one if that can be made, else the file itself. */
export async function shrunk(file) {
  try {
    const small = await smaller(file);
    return small && small.size < file.size ? small : file;
  } catch {
    return file; // a kind that this browser doesn't know
  }
}

async function smaller(file) {
  const photo = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, WIDEST / Math.max(photo.width, photo.height));
  if (scale === 1 && file.size <= LIGHT) return null;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(photo.width * scale);
  canvas.height = Math.round(photo.height * scale);
  draw(canvas, photo);
  return new Promise((give) => canvas.toBlob(give, "image/jpeg", QUALITY));
}

function draw(canvas, photo) {
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff"; // a JPEG has nothing to see through
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(photo, 0, 0, canvas.width, canvas.height);
}
