package forms

import "virtualschool.example/pep/rule"

// Setting is what kind of school the child attends, as far as form types go.
// The zero Setting is not said.
type Setting uint8

// The settings. NoSetting is a child who attends none; Mainstream is every
// establishment that is not a special school.
const (
	NoSetting Setting = 1 + iota
	Mainstream
	Special
)

var settingNames = [...]string{NoSetting: "none", Mainstream: "mainstream", Special: "special"}

// SettingOf returns the setting of an establishment said to be a special
// school or not.
func SettingOf(special bool) Setting {
	if special {
		return Special
	}
	return Mainstream
}

// Setting returns the setting of an establishment of type code, where s are
// the types of special schools. FORM-7: "Special school = establishment
// attribute". A type that is not known is Mainstream.
func (s GIASSet) Setting(code GIAS) Setting { return SettingOf(s.Has(code)) }

// ParseSetting returns the setting whose text form is s, such as "special".
func ParseSetting(s string) (Setting, error) {
	return rule.Named[Setting](settingNames[:], s, "setting", "a setting: none, mainstream or special")
}

// String returns the text form of s, or "" for one not said.
func (s Setting) String() string { return rule.Name(settingNames[:], s) }

// MarshalText returns the text form of s.
func (s Setting) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form of a setting. It refuses what
// ParseSetting refuses.
func (s *Setting) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSetting(string(text))
	return err
}
