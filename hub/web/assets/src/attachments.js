// <div x-data="attachmentNames"><input type="file" multiple x-on:change="show"><p x-text="names"></p></div>
export function attachmentNames() {
  return {
    names: "",
    show(event) {
      this.names = [...event.target.files]
        .map((file) => `${file.name} (${Math.max(1, Math.round(file.size / 1024))} KB)`)
        .join(", ");
    },
  };
}
