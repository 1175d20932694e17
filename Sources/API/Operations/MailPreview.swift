public import Core

/// Which mail a path names, by the job that sends it.
public struct MailPath: Codable, Sendable, Equatable {
    public let id: ID<Job>

    public init(id: ID<Job>) {
        self.id = id
    }
}

/// Which template a path names.
public struct MailTemplatePath: Codable, Sendable, Equatable {
    public let template: JobNameText

    public init(template: JobNameText) {
        self.template = template
    }
}

/// How a template is shown: in English and as HTML unless told.
public struct MailPreviewQuery: Codable, Sendable, Equatable {
    public enum Format: String, Codable, Sendable, CaseIterable {
        case html
        case text
    }

    public let language: Language?
    public let format: Format?

    public init(language: Language? = nil, format: Format? = nil) {
        self.language = language
        self.format = format
    }
}
