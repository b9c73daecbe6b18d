import { useEffect, useRef, type ReactNode } from "react";

/** A screen: its title is the browser's and takes the focus when the screen opens, so that no reader is left behind. */
export function Page({
  title,
  extra,
  children,
  wide,
}: {
  title: string;
  extra?: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · 火眼 Huoyan`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main className={wide ? "page wide" : "page"} id="main">
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {extra && <div className="row">{extra}</div>}
      </div>
      {children}
    </main>
  );
}

export function Panel({
  title,
  extra,
  children,
  className = "",
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`panel ${className}`}>
      {(title || extra) && (
        <div className="panel-head">
          {title && <h2>{title}</h2>}
          {extra && <div className="row">{extra}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
