"""Our search as a LangChain retriever, for chains built around it."""

from __future__ import annotations

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Filters, Searcher
from index.text import language_of
from index.types import Language


class ClauseRetriever(BaseRetriever):
    """Gives the clauses that fit a query best, in force on `on` where it is set, each with what it takes to cite it."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    count: int = 6
    on: date | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[LangChainDocument]:
        language = language_of(query) or Language.ZH
        hits = self.searcher.search(query, language, self.count, Filters(on=self.on))
        return [
            LangChainDocument(
                id=hit.passage.id,
                page_content=hit.passage.clause.text,
                metadata={
                    "title": hit.passage.document.title,
                    "document_number": hit.passage.document_number,
                    "clause": hit.passage.reference,
                    "heading": hit.passage.heading,
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
