package pdf

// Printable returns a text as the fonts print it.
func Printable(text string) string { return newSheet().printable(text) }
