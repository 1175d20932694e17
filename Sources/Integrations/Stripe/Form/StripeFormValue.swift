import Core
import Foundation

/// What can be a parameter of a call.
protocol StripeFormValue: Sendable {
    func add(to form: inout StripeForm, under name: String)
}

extension String: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) { form.append(name, self) }
}

extension Int64: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) { form.append(name, String(self)) }
}

extension Bool: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) { form.append(name, self ? "true" : "false") }
}

/// In whole seconds since 1970.
extension Timestamp: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) { form.append(name, String(seconds)) }
}

extension StripeID: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) { form.append(name, text) }
}

extension Array: StripeFormValue where Element: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) {
        for (index, element) in enumerated() { element.add(to: &form, under: "\(name)[\(index)]") }
    }
}

/// In the order of its keys.
extension Dictionary: StripeFormValue where Key == String, Value: StripeFormValue {
    func add(to form: inout StripeForm, under name: String) {
        for (key, value) in sorted(by: { $0.key < $1.key }) { value.add(to: &form, under: "\(name)[\(key)]") }
    }
}

/// Parameters of their own within others.
protocol StripeFormObject: StripeFormValue {
    var form: StripeForm { get }
}

extension StripeFormObject {
    /// `price_data[currency]` under `items[0]` is `items[0][price_data][currency]`.
    func add(to outer: inout StripeForm, under name: String) {
        for field in form.fields {
            let first = field.name.prefix { $0 != "[" }
            outer.append("\(name)[\(first)]\(field.name.dropFirst(first.count))", field.value)
        }
    }
}

/// One of the words that Stripe knows.
protocol StripeFormWord: StripeFormValue, RawRepresentable<String> {}

extension StripeFormWord {
    func add(to form: inout StripeForm, under name: String) { form.append(name, rawValue) }
}

/// A parameter that can also be taken away, which Stripe is told by an empty text.
enum StripeSetting<Value: StripeFormValue>: StripeFormValue {
    case set(Value)
    case unset

    func add(to form: inout StripeForm, under name: String) {
        switch self {
        case .set(let value): value.add(to: &form, under: name)
        case .unset: form.append(name, "")
        }
    }
}
